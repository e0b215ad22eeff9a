// My customers: who gave my firm or me access, to what, until when, and which of it ends soon.
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import type { AccessRequest } from '../../client/access-requests.ts'
import { agoText, dayText } from '../dates.ts'
import { accessRequestsQuery, grantsQuery } from '../queries.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { type Picking, usePicking } from '../ui/picking.ts'
import { useMay, useMe } from '../who-is-here.ts'
import { AskToExtend } from './ask-to-extend.tsx'
import { belowOf, type Family, familiesOf } from './grant-families.ts'
import { GrantChip, useWho } from './grant-words.tsx'
import styles from './list-filters.module.css'
import { filtered, ListFilters } from './list-filters.tsx'
import { useWants } from './waiting-requests.tsx'

const route = getRouteApi('/inside/customers')

export function CustomersPage() {
  const { t } = useTranslation()
  const may = useMay()
  const query = useQuery(grantsQuery('received'))
  const ask = may('access_request:ask_for_self') ? <LinkButton to="/customers/new">{t('customers.ask')}</LinkButton> : null
  return (
    <Page title={t('customers.title')} lead={t('customers.lead')} actions={ask}>
      <AskedAndWaiting />
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <NoCustomers /> : <Customers grants={items} />)}</Loaded>
    </Page>
  )
}

function NoCustomers() {
  const { t } = useTranslation()
  const me = useMe()
  return <Empty>{t('customers.none', { company: me.organization.name })}</Empty>
}

/** What my firm asked for and nobody has answered yet. */
export function AskedAndWaiting() {
  const { t } = useTranslation()
  const may = useMay()
  const query = useQuery({ ...accessRequestsQuery('asked'), enabled: may('access_request:read') })
  const waiting = query.data?.items.filter((request) => request.state === 'waiting') ?? []
  if (waiting.length === 0) return null
  return (
    <Panel title={t('asked.waiting', { count: waiting.length })}>
      {waiting.map((request) => (
        <OneWaiting key={request.id} request={request} />
      ))}
    </Panel>
  )
}

function OneWaiting({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const wants = useWants()
  return (
    <div className={styles.waiting}>
      <div>
        <p>
          <TextLink to="/asks/$id" params={{ id: request.id }}>
            {request.customer?.name ?? request.addressedTo}
          </TextLink>{' '}
          · {wants(request)} · {t('asks.until', { day: dayText(request.endsOn) })}
        </p>
        <p className={styles.quiet}>
          {t('asks.askedBy', { name: request.askedBy.name, ago: agoText(request.askedAt) })}{' '}
          {t('asks.lapses', { day: dayText(request.lapsesOn) })}
        </p>
      </div>
    </div>
  )
}

function Customers({ grants }: { grants: Grant[] }) {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = useNavigate()
  const picking = usePicking()
  const columns = useCustomerColumns(picking)
  const families = familiesOf(filtered(grants, search))
  const clear = (
    <LinkButton to="/customers" variant="default">
      {t('grant.clear')}
    </LinkButton>
  )
  return (
    <>
      <Selected grants={grants} picking={picking} />
      <ListFilters label={t('customers.filter')} grants={grants} search={search} />
      {families.length === 0 ? (
        <Empty action={clear}>{t('customers.noneMatch')}</Empty>
      ) : (
        <DataList
          label={t('customers.title')}
          columns={columns}
          rows={families}
          rowKey={(family) => family.grant.id}
          below={belowOf}
          sort={search.sort ?? 'customer'}
          onSort={(sort) => navigate({ to: '.', search: { ...search, sort }, replace: true, resetScroll: false })}
        />
      )}
    </>
  )
}

/** What was chosen, to be asked for longer at all its customers at once. */
function Selected({ grants, picking }: { grants: Grant[]; picking: Picking }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const chosen = grants.filter(({ id }) => picking.picked.includes(id))
  const close = () => {
    setAsking(false)
    picking.clear()
  }
  if (asking) return <AskToExtend grants={chosen} onClose={close} />
  if (chosen.length === 0) return null
  return (
    <div className={styles.waiting} role="status">
      <p>{t('extend.selected', { count: chosen.length })}</p>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('askMany.open')}
      </Button>
    </div>
  )
}

/** Whose access one may ask for: one's own, a colleague's, everyone's. What a group has is not asked for. */
function useMayAskFor() {
  const may = useMay()
  const me = useMe()
  return ({ group, person, state }: Grant): boolean => {
    if (group || !['active', 'ending'].includes(state)) return false
    if (person === null) return may('access_request:ask_for_organization')
    return may(person.id === me.person.id ? 'access_request:ask_for_self' : 'access_request:ask_for_people')
  }
}

function useCustomerColumns({ picked, pick }: Picking): Column<Family>[] {
  const { t } = useTranslation()
  const who = useWho()
  const mayAskFor = useMayAskFor()
  return [
    {
      key: 'pick',
      label: t('extend.choose'),
      quiet: true,
      narrow: true,
      cell: ({ grant }) =>
        mayAskFor(grant) ? (
          <Checkbox
            aria-label={t('askMany.chooseOne', { customer: grant.customer.name, who: who(grant) })}
            checked={picked.includes(grant.id)}
            onChange={(event) => pick(grant.id, event.currentTarget.checked)}
          />
        ) : null,
    },
    {
      key: 'customer',
      label: t('customers.customer'),
      names: true,
      sortBy: ({ grant }) => grant.customer.name,
      cell: (family) => <CustomerCell family={family} />,
    },
    { key: 'who', label: t('customers.who'), cell: ({ grant }) => <WhoCell grant={grant} /> },
    {
      key: 'may',
      label: t('customers.may'),
      sortBy: ({ grant }) => grant.gives,
      cell: ({ grant }) => <MayCell grant={grant} />,
    },
    {
      key: 'ends',
      label: t('partners.ends'),
      narrow: true,
      sortBy: ({ grant }) => grant.endsOn,
      cell: ({ grant }) => dayText(grant.endsOn),
    },
    { key: 'status', label: t('partners.status'), cell: ({ grant }) => <GrantChip grant={grant} /> },
    { key: 'see', label: t('customers.requests'), quiet: true, narrow: true, cell: ({ grant }) => <SeeCell grant={grant} /> },
  ]
}

function CustomerCell({ family: { grant, nested } }: { family: Family }) {
  return (
    <>
      {nested ? <span aria-hidden>└ </span> : null}
      <TextLink to="/access/$id" params={{ id: grant.id }}>
        {grant.customer.name}
      </TextLink>
    </>
  )
}

function WhoCell({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const me = useMe()
  if (!grant.person) return grant.group?.name ?? t('grant.everyone', { count: grant.partner.peopleCount })
  return grant.person.id === me.person.id ? t('customers.you') : grant.person.name
}

function MayCell({ grant }: { grant: Grant }) {
  return (
    <>
      {grant.gives}
      {grant.usedInstead ? <div className={styles.quiet}>{grant.usedInstead}</div> : null}
    </>
  )
}

function SeeCell({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const counts = grant.state === 'active' || grant.state === 'ending'
  if (!counts || grant.usedInstead) return null
  return (
    <TextLink to="/requests" search={{ customer: grant.customer.id }}>
      {t('customers.seeRequests')}
      <span className="only-heard"> {t('customers.of', { customer: grant.customer.name })}</span>
    </TextLink>
  )
}
