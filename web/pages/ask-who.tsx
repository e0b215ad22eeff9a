// The question of the explorer as a form: who, what, on which record, and as of which day, as far as the question needs them.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { today } from '../dates.ts'
import { kindShown } from '../i18n.ts'
import { partnerPeopleQuery } from '../queries.ts'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, type FieldProblem } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import styles from './service-requests.module.css'

const route = getRouteApi('/inside/who')

/** One person on one record, everybody on a record, or everything of a person. */
export type View = 'one' | 'record' | 'person'

interface Asked {
  partner: string
  person: string
  action: string
  record: string
  at: string
}
interface FieldsProps {
  asked: Asked
  set: (changes: Partial<Asked>) => void
  error: (field: string) => string | undefined
}

const needs = (view: View) => ({ person: view !== 'record', record: view !== 'person' })

export function AskForm({ view, partners }: { view: View; partners: { id: string; name: string }[] }) {
  const { t } = useTranslation()
  const { asked, set, problems, ask } = useQuestion(view)
  const error = (field: string) => problems.find((one) => one.field === field)?.sentence
  const fields = { asked, set, error }
  return (
    <Panel title={t(view === 'one' ? 'who.question' : view === 'record' ? 'who.byRecord' : 'who.byPerson')}>
      <ErrorSummary problems={problems} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <div className={styles.filters}>
          {needs(view).person ? <PersonFields {...fields} partners={partners} /> : null}
          <ActionField {...fields} />
          {needs(view).record ? <RecordField {...fields} /> : null}
          <DayField {...fields} />
        </div>
        <Button type="submit">{t('who.ask')}</Button>
      </form>
    </Panel>
  )
}

/** The question as it is being asked; asked, it stands in the address, so that Back, reload and a shared link ask it again. */
function useQuestion(view: View) {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = useNavigate()
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [asked, setAsked] = useState<Asked>({
    partner: search.partner ?? '',
    person: search.person ?? '',
    action: search.action ?? 'read',
    record: search.record ?? '',
    at: search.at ?? '',
  })
  const ask = async () => {
    const { person, record } = needs(view)
    const found = [
      person && !asked.person && { field: 'person', sentence: t('who.personMissing') },
      record && !asked.record.trim() && { field: 'record', sentence: t('who.recordMissing') },
    ].filter((one) => one !== false)
    setProblems(found)
    if (found.length > 0) return
    const given = Object.entries({ ...asked, record: asked.record.trim() }).filter(([, value]) => value !== '')
    const viewed = view === 'one' ? {} : { view }
    await navigate({ to: '/who', search: { ...viewed, ...Object.fromEntries(given) }, resetScroll: false })
  }
  return { asked, set: (changes: Partial<Asked>) => setAsked((before) => ({ ...before, ...changes })), problems, ask }
}

function PersonFields({ asked, set, error, partners }: FieldsProps & { partners: { id: string; name: string }[] }) {
  const { t } = useTranslation()
  const people = useQuery(partnerPeopleQuery(asked.partner)).data?.items ?? []
  return (
    <>
      <NativeSelect
        label={t('access.partner')}
        value={asked.partner}
        onChange={(event) => set({ partner: event.currentTarget.value, person: '' })}
        data={[{ value: '', label: t('access.choosePartner') }, ...partners.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <NativeSelect
        id="person"
        label={t('who.person')}
        value={asked.person}
        error={error('person')}
        onChange={(event) => set({ person: event.currentTarget.value })}
        data={[{ value: '', label: t('who.choosePerson') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </>
  )
}

/** What can be done to records of this kind, in the words of the portal. */
function ActionField({ asked, set }: FieldsProps) {
  const { t } = useTranslation()
  const words = usePortal().records[kindShown()]?.actions ?? {}
  return (
    <NativeSelect
      label={t('who.action')}
      value={asked.action}
      onChange={(event) => set({ action: event.currentTarget.value })}
      data={Object.entries(words).map(([value, label]) => ({ value, label }))}
    />
  )
}

function RecordField({ asked, set, error }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      id="record"
      label={t('who.record')}
      placeholder={t('who.recordExample')}
      value={asked.record}
      error={error('record')}
      maxLength={64}
      onChange={(event) => set({ record: event.currentTarget.value })}
    />
  )
}

/** As of which day; none: now. */
function DayField({ asked, set }: FieldsProps) {
  const { t } = useTranslation()
  const zone = useMe().organization.timeZone
  return (
    <TextInput
      id="at"
      type="date"
      label={t('who.asOf')}
      value={asked.at}
      max={today(zone)}
      onChange={(event) => set({ at: event.currentTarget.value })}
    />
  )
}
