// The columns of a list of people: who, what they may do, whether they sign in, and what may be done about them.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Contact, People } from '../../client/contacts.ts'
import { api } from '../api.ts'
import { dayText } from '../dates.ts'
import { Chip } from '../ui/chip.tsx'
import type { Column } from '../ui/data-list.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import styles from './people.module.css'
import { useHeldWords } from './role-words.ts'

export type Choose = (what: 'change' | 'disable', contact: Contact) => void

export function usePeopleColumns(people: People, choose: Choose): Column<Contact>[] {
  const { t } = useTranslation()
  const held = useHeldWords()
  const columns: Column<Contact>[] = [
    { key: 'name', label: t('people.name'), names: true, cell: (contact) => <NameCell contact={contact} /> },
    { key: 'roles', label: t('people.may'), cell: (contact) => held(contact) },
    { key: 'state', label: t('people.state'), cell: (contact) => <StateChip contact={contact} /> },
  ]
  const { organization, items } = people
  if (organization.side === 'customer')
    columns.push({
      key: 'validated',
      label: t('people.validated'),
      narrow: true,
      cell: ({ validated }) => t(validated ? 'people.isValidated' : 'people.notValidated'),
    })
  // Only who may do something sees where it is done.
  if (items.some(({ abilities }) => Object.values(abilities).includes(true)))
    columns.push({
      key: 'do',
      label: t('people.do'),
      quiet: true,
      cell: (contact) => <RowButtons contact={contact} people={people} choose={choose} />,
    })
  return columns
}

function NameCell({ contact: { name, email, you } }: { contact: Contact }) {
  const { t } = useTranslation()
  return (
    <>
      {you ? t('people.you', { name }) : name}
      <div className={styles.address}>{email}</div>
    </>
  )
}

function StateChip({ contact: { state, until } }: { contact: Contact }) {
  const { t } = useTranslation()
  const tone = ({ here: 'good', not_signed_in: 'news', written_down: 'still', disabled: 'bad' } as const)[state]
  return <Chip tone={tone}>{t(`people.states.${state}`, { day: until ? dayText(until.slice(0, 10)) : '' })}</Chip>
}

function RowButtons({ contact, people, choose }: { contact: Contact; people: People; choose: Choose }) {
  const { t } = useTranslation()
  const { change, disable, enable, validate } = contact.abilities
  const { name, validated } = contact
  const at = people.organization.id
  const mark = useSending({
    send: () => api.contacts.validate(at, contact.id, !validated),
    done: () => sayDone(t(validated ? 'people.doneNotValidated' : 'people.doneValidated', { name })),
    failed: t('people.notChanged'),
  })
  const back = useSending({
    send: () => api.contacts.enable(at, contact.id),
    done: () => sayDone(t('people.enabled', { name })),
    failed: t('people.notChanged'),
  })
  const button = (words: string, heard: string, onClick: () => void, loading = false) => (
    <Button size="compact-sm" variant="default" aria-label={heard} loading={loading} onClick={onClick}>
      {words}
    </Button>
  )
  return (
    <>
      <ErrorSummary problems={[...mark.problems, ...back.problems]} />
      <div className={styles.buttons}>
        {change ? button(t('people.change'), t('people.changeWho', { name }), () => choose('change', contact)) : null}
        {validate && people.organization.side === 'customer'
          ? button(
              t(validated ? 'people.unvalidate' : 'people.validate'),
              t(validated ? 'people.unvalidateWho' : 'people.validateWho', { name }),
              () => mark.submit(),
              mark.sending,
            )
          : null}
        {disable ? button(t('people.disable'), t('people.disableWho', { name }), () => choose('disable', contact)) : null}
        {enable ? button(t('people.enable'), t('people.enableWho', { name }), () => back.submit(), back.sending) : null}
      </div>
    </>
  )
}
