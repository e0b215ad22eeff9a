// Who can see what: "Can X do Y on Z?", answered with its reasons as sentences that link to what they are about.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartnerPerson } from '../../client/access.ts'
import { partnerPeopleQuery, partnersQuery } from '../queries.ts'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, type FieldProblem } from '../ui/problems.tsx'
import { Explained } from './explained.tsx'
import styles from './service-requests.module.css'

const route = getRouteApi('/inside/who')

const actions = ['read', 'reply', 'update', 'close', 'reopen', 'open', 'add_contact', 'be_point_of_contact'] as const

export function WhoCanSeePage() {
  const { t } = useTranslation()
  const partners = useQuery(partnersQuery)
  return (
    <Page title={t('who.title')} lead={t('who.lead')}>
      <Loaded query={partners}>
        {({ items }) => (items.length === 0 ? <Empty>{t('who.nobody')}</Empty> : <Asking partners={items} />)}
      </Loaded>
    </Page>
  )
}

function Asking({ partners }: { partners: { id: string; name: string }[] }) {
  const { partner, person, action, record } = route.useSearch()
  return (
    <>
      <AskForm key={`${partner} ${person} ${action} ${record}`} partners={partners} />
      {person && action && record ? <Explained person={person} action={action} number={record} /> : null}
    </>
  )
}

function useQuestion() {
  const search = route.useSearch()
  const [question, setQuestion] = useState({
    partner: search.partner ?? '',
    person: search.person ?? '',
    action: search.action ?? 'read',
    record: search.record ?? '',
  })
  return { question, set: (changes: Partial<typeof question>) => setQuestion((before) => ({ ...before, ...changes })) }
}

function AskForm({ partners }: { partners: { id: string; name: string }[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { question, set } = useQuestion()
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const people = useQuery(partnerPeopleQuery(question.partner)).data?.items ?? []
  const error = (field: string) => problems.find((one) => one.field === field)?.sentence
  const ask = async () => {
    const found = [
      !question.person && { field: 'person', sentence: t('who.personMissing') },
      !question.record.trim() && { field: 'record', sentence: t('who.recordMissing') },
    ].filter((one) => one !== false)
    setProblems(found)
    if (found.length === 0) await navigate({ to: '/who', search: { ...question, record: question.record.trim() }, resetScroll: false })
  }
  return (
    <Panel title={t('who.question')}>
      <ErrorSummary problems={problems} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <div className={styles.filters}>
          <NativeSelect
            label={t('access.partner')}
            value={question.partner}
            onChange={(event) => set({ partner: event.currentTarget.value, person: '' })}
            data={[{ value: '', label: t('access.choosePartner') }, ...partners.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <PersonField people={people} value={question.person} onChange={(person) => set({ person })} error={error('person')} />
          <NativeSelect
            label={t('who.action')}
            value={question.action}
            onChange={(event) => set({ action: event.currentTarget.value })}
            data={actions.map((action) => ({ value: action, label: t(`who.actions.${action}`) }))}
          />
          <TextInput
            id="record"
            label={t('who.record')}
            placeholder={t('who.recordExample')}
            value={question.record}
            error={error('record')}
            maxLength={64}
            onChange={(event) => set({ record: event.currentTarget.value })}
          />
        </div>
        <Button type="submit">{t('who.ask')}</Button>
      </form>
    </Panel>
  )
}

interface PersonFieldProps {
  people: PartnerPerson[]
  value: string
  onChange: (id: string) => void
  error: string | undefined
}

function PersonField({ people, value, onChange, error }: PersonFieldProps) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      id="person"
      label={t('who.person')}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('who.choosePerson') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}
