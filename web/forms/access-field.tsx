// What they may do, as the portal offers it: one level of a ladder, any of some roles, or an Administrator and switches.
import { Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Level, Right } from '../../client/portal.ts'
import { Details } from '../ui/details.tsx'
import { Question } from '../ui/question.tsx'
import { Ticks } from '../ui/ticks.tsx'
import { usePortal } from '../who-is-here.ts'
import type { ChosenAccess } from './chosen-access.ts'
import styles from './fields.module.css'
import { LevelField } from './level-field.tsx'
import { RightTable } from './right-table.tsx'

interface AccessFieldProps {
  /** The error summary links here. */
  id?: string
  question: string
  value: ChosenAccess
  onChange: (chosen: ChosenAccess) => void
  error?: string | undefined
  /** The one-line texts speak to the customer; who asks reads what it means beside the form. */
  explained?: boolean
  children?: ReactNode
}

export function AccessField(props: AccessFieldProps) {
  const { giving } = usePortal()
  if (giving.shape === 'ladder') return <Ladder {...props} />
  return giving.shape === 'roles' ? <Roles {...props} /> : <Switches {...props} />
}

const byItself = 'none'

function Ladder({ id = 'level', value, onChange, children, ...props }: AccessFieldProps) {
  const { t } = useTranslation()
  const { rights } = usePortal()
  const { question, error, explained = true } = props
  const alone = rights.length > 0 ? { value: byItself, words: t('access.noLevel') } : undefined
  return (
    <>
      <LevelField
        id={id}
        question={question}
        error={error}
        explained={explained}
        alone={alone}
        value={value.level ?? (value.rights.length > 0 ? byItself : undefined)}
        onChange={(level) => onChange({ ...value, level: level === byItself ? null : level })}
      >
        {rights.length > 0 ? null : children}
      </LevelField>
      {rights.length > 0 ? (
        <Ticks
          id={`${id}-also`}
          question={t('access.also')}
          options={ticksOf(rights, explained)}
          value={value.rights}
          onChange={(also) => onChange({ ...value, rights: also })}
        >
          {children}
        </Ticks>
      ) : null}
    </>
  )
}

function Roles({ id = 'rights', question, value, onChange, error, explained = true, children }: AccessFieldProps) {
  const { t } = useTranslation()
  const { rights } = usePortal()
  return (
    <Ticks
      id={id}
      question={question}
      error={error}
      options={ticksOf(rights, explained)}
      value={value.rights}
      onChange={(chosen) => onChange({ level: null, rights: chosen })}
    >
      <Details summary={t('access.compareRights')}>
        <RightTable />
      </Details>
      {children}
    </Ticks>
  )
}

function Switches({ id = 'rights', question, value, onChange, error, explained = true, children }: AccessFieldProps) {
  const { t } = useTranslation()
  const { levels, rights } = usePortal()
  const [everything] = levels
  const all = value.level !== null
  const turn = (code: string, on: boolean) =>
    onChange({ ...value, rights: on ? [...value.rights, code] : value.rights.filter((one) => one !== code) })
  return (
    <Question
      id={id}
      question={question}
      error={error}
      answers={
        <>
          {everything ? (
            <OneSwitch
              id={id}
              one={everything}
              on={all}
              says={explained ? everything.says : t('access.everythingBelow')}
              onTurn={(on) => onChange({ ...value, level: on ? everything.code : null })}
            />
          ) : null}
          {rights.map((right, index) => (
            <OneSwitch
              key={right.code}
              id={everything || index > 0 ? `${id}-${right.code}` : id}
              one={right}
              on={all || value.rights.includes(right.code)}
              off={all}
              says={all ? t('access.inAdministrator', { name: everything?.name ?? '' }) : explained ? right.says : right.can.join(', ')}
              onTurn={(on) => turn(right.code, on)}
            />
          ))}
        </>
      }
    >
      {children}
    </Question>
  )
}

interface OneSwitchProps {
  id: string
  one: Level | Right
  on: boolean
  /** It cannot be turned: another switch decides. */
  off?: boolean
  says: string
  onTurn: (on: boolean) => void
}

function OneSwitch({ id, one, on, off = false, says, onTurn }: OneSwitchProps) {
  return (
    <Switch
      id={id}
      label={one.name}
      description={says}
      checked={on}
      disabled={off}
      onChange={(event) => onTurn(event.currentTarget.checked)}
      className={styles.switch ?? ''}
    />
  )
}

const ticksOf = (rights: readonly Right[], explained: boolean) =>
  rights.map(({ code, name, says, can }) => ({ value: code, words: name, help: explained ? says : can.join(', ') }))
