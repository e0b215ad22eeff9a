// Add somebody to a service request, or make them its point of contact: own people first, then partners; who cannot, with the reason.
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactChoice, OneRecord } from '../../client/records.ts'
import { api } from '../api.ts'
import { kindShown } from '../i18n.ts'
import { contactChoicesQuery } from '../queries.ts'
import { Choice } from '../ui/choice.tsx'
import { Details } from '../ui/details.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import styles from './one-service-request.module.css'

interface Choices {
  own: ContactChoice[]
  partners: ContactChoice[]
}

export function AddContact({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Details summary={t('contacts.add')} onToggle={setOpen}>
      {open ? <AddContactForm record={record} /> : null}
    </Details>
  )
}

function AddContactForm({ record }: { record: OneRecord }) {
  const query = useQuery(contactChoicesQuery(record.id))
  return <Loaded query={query}>{(choices) => <AddContactFields record={record} choices={choices} />}</Loaded>
}

type Part = 'copied' | 'point'

function AddContactFields({ record, choices }: { record: OneRecord; choices: Choices }) {
  const { t } = useTranslation()
  const [personId, setPersonId] = useState('')
  const [part, setPart] = useState<Part>('copied')
  const person = [...choices.own, ...choices.partners].find((one) => one.personId === personId)
  const form = useSending({
    send: () =>
      part === 'point'
        ? api.records.setPointOfContact(kindShown(), record.id, personId)
        : api.records.addContact(kindShown(), record.id, personId),
    done: () => sayDone(t(part === 'point' ? 'contacts.madePoint' : 'contacts.added', { name: person?.name ?? '' })),
    check: () => (personId ? [] : [{ field: 'contact', sentence: t('contacts.missing') }]),
    failed: t('contacts.notAdded'),
  })
  return (
    <form onSubmit={form.submit} noValidate>
      <ErrorSummary problems={form.problems} />
      <PersonField choices={choices} value={personId} onChange={setPersonId} error={form.of('contact')} />
      <PartField person={person} value={part} onChange={setPart} />
      {person && choices.partners.includes(person) ? (
        <Note kind="news">{t('contacts.willSee', { name: person.name, count: record.messages.length })}</Note>
      ) : null}
      <div className={styles.row}>
        <Button type="submit" variant="default" loading={form.sending}>
          {buttonWords(t, part, person)}
        </Button>
      </div>
    </form>
  )
}

function buttonWords(t: ReturnType<typeof useTranslation>['t'], part: Part, person: ContactChoice | undefined): string {
  if (!person) return t('contacts.addButton')
  return t(part === 'point' ? 'contacts.makePoint' : 'contacts.addWho', { name: person.name })
}

function PersonField({
  choices,
  value,
  onChange,
  error,
}: {
  choices: Choices
  value: string
  onChange: (id: string) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  const option = (one: ContactChoice) => ({ value: one.personId, label: `${one.name}, ${one.organization}` })
  return (
    <NativeSelect
      id="contact"
      label={t('contacts.who')}
      value={value}
      error={error}
      mb="sm"
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('contacts.choose') },
        ...(choices.own.length > 0 ? [{ group: t('contacts.own'), items: choices.own.map(option) }] : []),
        ...(choices.partners.length > 0 ? [{ group: t('contacts.partners'), items: choices.partners.map(option) }] : []),
      ]}
    />
  )
}

interface PartFieldProps {
  person: ContactChoice | undefined
  value: Part
  onChange: (part: Part) => void
}

function PartField({ person, value, onChange }: PartFieldProps) {
  const { t } = useTranslation()
  const cannot = person !== undefined && !person.mayBePointOfContact
  return (
    <Choice
      id="part"
      question={t('contacts.as')}
      value={cannot ? 'copied' : value}
      onChange={(part) => onChange(part === 'point' ? 'point' : 'copied')}
      options={[
        { value: 'copied', words: t('contacts.relations.additional_contact'), help: t('contacts.copiedHelp') },
        {
          value: 'point',
          words: t('contacts.relations.point_of_contact'),
          help: cannot ? (person.why ?? t('contacts.cannotBePoint')) : t('contacts.pointHelp'),
          disabled: cannot,
        },
      ]}
    />
  )
}
