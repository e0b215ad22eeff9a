// Give less than was asked for, to fewer people, for less of the company or for a shorter time, before approving (BX-19).
import { Checkbox, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest, AccessRequestItem } from '../../client/access-requests.ts'
import { AccessField } from '../forms/access-field.tsx'
import { type AnswerForm, asAskedFor, type Part } from '../forms/answer-form.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import { ScopeField } from '../forms/scope-field.tsx'
import { Panel } from '../ui/panel.tsx'
import { useMe, usePortal } from '../who-is-here.ts'

interface ChangeFirstProps {
  request: AccessRequest
  form: AnswerForm
  change: (changes: Partial<AnswerForm>) => void
  of: (field: string) => string | undefined
}

export function ChangeFirst({ request, form, change, of }: ChangeFirstProps) {
  const { t } = useTranslation()
  const zone = useMe().organization.timeZone
  const everyone = t('oneAsk.everyone', { partner: request.partner.name })
  return (
    <Panel title={t('oneAsk.changeTitle')}>
      {request.items.map((item, index) => (
        <PartFields
          key={item.id}
          id={index === 0 ? 'change' : `change-${item.id}`}
          item={item}
          who={item.person?.name ?? everyone}
          part={form.parts[item.id] ?? null}
          onChange={(part) => change({ parts: { ...form.parts, [item.id]: part }, understood: false })}
          error={index === 0 ? of('change') : undefined}
        />
      ))}
      <EndDateField value={form.endsOn} onChange={(endsOn) => change({ endsOn })} zone={zone} error={of('endsOn')} />
    </Panel>
  )
}

interface PartFieldsProps {
  id: string
  item: AccessRequestItem
  who: string
  part: Part
  onChange: (part: Part) => void
  error: string | undefined
}

/** A ladder is one list with "Leave out" at its end; elsewhere there is a box to leave somebody out, and the field of the portal. */
function PartFields(props: PartFieldsProps) {
  const { giving, rights } = usePortal()
  const { id, item, part, onChange } = props
  return (
    <>
      {giving.shape === 'ladder' && rights.length === 0 ? <LevelOf {...props} /> : <AccessOf {...props} />}
      {part ? (
        <ScopeField
          id={`${id}-scope`}
          access={part.access}
          value={part.scope}
          onChange={(scope) => onChange({ ...part, scope })}
          within={item.scope}
        />
      ) : null}
    </>
  )
}

function LevelOf({ id, item, who, part, onChange, error }: PartFieldsProps) {
  const { t } = useTranslation()
  const { levels } = usePortal()
  const level = part?.access.level ?? ''
  return (
    <NativeSelect
      id={id}
      label={t('oneAsk.levelFor', { who })}
      description={levels.find(({ code }) => code === level)?.says}
      value={level}
      error={error}
      mb="lg"
      onChange={({ currentTarget: { value } }) =>
        onChange(value ? { ...(part ?? asAskedFor(item)), access: { level: value, rights: [] } } : null)
      }
      data={[...levels.map(({ code, name }) => ({ value: code, label: name })), { value: '', label: t('oneAsk.leaveOut') }]}
    />
  )
}

function AccessOf({ id, item, who, part, onChange, error }: PartFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox
        id={id}
        label={t('oneAsk.giveTo', { who })}
        checked={part !== null}
        error={error}
        mb="sm"
        onChange={(event) => onChange(event.currentTarget.checked ? asAskedFor(item) : null)}
      />
      {part ? (
        <AccessField
          id={`${id}-access`}
          question={t('oneAsk.accessFor', { who })}
          value={part.access}
          onChange={(access) => onChange({ ...part, access })}
        />
      ) : null}
    </>
  )
}
