// The people of my company or firm, or of a customer that lets me see or manage its people: who they are, what they may do, and who left.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact, Gone, People } from '../../client/contacts.ts'
import { peopleQuery } from '../queries.ts'
import { DataList } from '../ui/data-list.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useMay, useMe } from '../who-is-here.ts'
import { AddPerson } from './add-person.tsx'
import { ChangeRoles, LetGo } from './change-contact.tsx'
import { LeavingReceipt } from './leaving-receipt.tsx'
import { Absent } from './not-found.tsx'
import { usePeopleColumns } from './people-columns.tsx'
import { roleName } from './role-words.ts'

const ownRoute = getRouteApi('/inside/people')
const otherRoute = getRouteApi('/inside/people/$organizationId')

export function PeoplePage() {
  const me = useMe()
  const { state } = ownRoute.useSearch()
  return <PeopleOf organizationId={me.organization.id} all={state === 'all'} />
}

export function OtherPeoplePage() {
  const { organizationId } = otherRoute.useParams()
  const { state } = otherRoute.useSearch()
  return <PeopleOf organizationId={organizationId} all={state === 'all'} />
}

function PeopleOf({ organizationId, all }: { organizationId: string; all: boolean }) {
  const { t } = useTranslation()
  const query = useQuery(peopleQuery(organizationId, all))
  return (
    <Loaded query={query} absent={<Absent title={t('people.absent')} />}>
      {(people) => <Shown key={organizationId} people={people} />}
    </Loaded>
  )
}

type Open = { what: 'add' } | { what: 'change' | 'disable'; contact: Contact } | { what: 'receipt'; gone: Gone } | null

function Shown({ people }: { people: People }) {
  const { t } = useTranslation()
  const me = useMe()
  const [open, setOpen] = useState<Open>(null)
  const columns = usePeopleColumns(people, (what, contact) => setOpen({ what, contact }))
  const { organization, items, abilities } = people
  const own = organization.id === me.organization.id
  const title = own ? t(organization.side === 'customer' ? 'people.mine' : 'people.ours') : t('people.of', { name: organization.name })
  const add = abilities.add && open?.what !== 'add' ? <Button onClick={() => setOpen({ what: 'add' })}>{t('people.add')}</Button> : null
  return (
    <Page title={title} lead={t('people.lead', { name: organization.name })} actions={add}>
      <OpenPanel people={people} open={open} setOpen={setOpen} />
      <Outsiders items={items} />
      <StandIns people={people} />
      <Tabs
        label={t('people.which')}
        tabs={[
          { key: 'here', words: t('people.here'), search: {} },
          { key: 'all', words: t('people.all'), search: { state: 'all' } },
        ]}
      />
      <DataList label={title} columns={columns} rows={items} rowKey={({ id }) => id} />
      <Customers customers={people.customers} />
    </Page>
  )
}

function OpenPanel({ people, open, setOpen }: { people: People; open: Open; setOpen: (open: Open) => void }) {
  const close = () => setOpen(null)
  if (open === null) return null
  if (open.what === 'add') return <AddPerson people={people} onClose={close} />
  if (open.what === 'receipt') return <LeavingReceipt gone={open.gone} onClose={close} />
  const { contact } = open
  if (open.what === 'change') return <ChangeRoles key={contact.id} people={people} contact={contact} onClose={close} />
  const gone = (receipt: Gone) => setOpen({ what: 'receipt', gone: receipt })
  return <LetGo key={contact.id} people={people} contact={contact} onClose={close} onGone={gone} />
}

/** One's own contacts who work at a partner: better given access there than kept as contacts, and moved in two steps. */
function Outsiders({ items }: { items: Contact[] }) {
  const { t } = useTranslation()
  const may = useMay()
  const outsiders = items.filter(({ outside, abilities }) => outside !== null && abilities.disable)
  if (outsiders.length === 0 || !may('access:give')) return null
  return (
    <Note kind="care" title={t('people.outsiders', { count: outsiders.length })}>
      <p>{t('people.outsidersWords')}</p>
      <ul>
        {outsiders.map(({ id, name, email, outside }) => (
          <li key={id}>
            {name}, {email}:{' '}
            <TextLink to="/partners/new" search={{ partner: outside?.id }}>
              {t('people.giveInstead', { partner: outside?.name ?? '' })}
            </TextLink>
          </li>
        ))}
      </ul>
    </Note>
  )
}

/** Roles that nobody has, and who has their duties meanwhile. */
function StandIns({ people: { standIns } }: { people: People }) {
  const { t } = useTranslation()
  if (standIns.length === 0) return null
  return (
    <Note kind="news" title={t('people.unfilled')}>
      <ul>
        {standIns.map(({ role, by, people }) => (
          <li key={role}>
            {by === null
              ? t('people.nobodyFor', { role: roleName(role) })
              : t('people.standsIn', { role: roleName(role), by: roleName(by), names: people.join(', ') })}
          </li>
        ))}
      </ul>
    </Note>
  )
}

/** Of a partner or the vendor: the customers whose people one may see. */
function Customers({ customers }: { customers: People['customers'] }) {
  const { t } = useTranslation()
  if (customers.length === 0) return null
  return (
    <Panel title={t('people.customers')}>
      <ul>
        {customers.map(({ id, name }) => (
          <li key={id}>
            <TextLink to="/people/$organizationId" params={{ organizationId: id }}>
              {t('people.of', { name })}
            </TextLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
