// My partners: who has access to my company, to what, until when, and when it was last used.
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { agoText, dayText } from '../dates.ts'
import { grantsQuery } from '../queries.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { type Picking, usePicking } from '../ui/picking.ts'
import { useMay, useMe, usePortal } from '../who-is-here.ts'
import { ColleagueChoice } from './colleague-choice.tsx'
import { ExtendSelected } from './extend-selected.tsx'
import { belowOf, type Family, familiesOf } from './grant-families.ts'
import { GrantChip, useWho } from './grant-words.tsx'
import styles from './list-filters.module.css'
import { filtered, ListFilters } from './list-filters.tsx'
import { WaitingRequests } from './waiting-requests.tsx'

const route = getRouteApi('/inside/partners')

export function PartnersPage() {
  const { t } = useTranslation()
  const may = useMay()
  const query = useQuery(grantsQuery('given'))
  const vendors = usePortal().giving.grantees.includes('vendor_person') && may('access:give')
  const give = may('access:give') ? <LinkButton to="/partners/new">{t('partners.give')}</LinkButton> : null
  return (
    <Page title={t('partners.title')} lead={t('partners.lead')} actions={give}>
      <p>
        <TextLink to="/people-with-access">{t('named.title')}</TextLink>
        {vendors ? (
          <>
            {' · '}
            <TextLink to="/partners/vendor">{t('vendorAccess.title')}</TextLink>
          </>
        ) : null}
      </p>
      <WaitingRequests />
      <ColleagueChoice />
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <NoPartners /> : <Partners grants={items} />)}</Loaded>
    </Page>
  )
}

function NoPartners() {
  const { t } = useTranslation()
  const me = useMe()
  return <Empty>{t('partners.none', { company: me.organization.name })}</Empty>
}

function Partners({ grants }: { grants: Grant[] }) {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = useNavigate()
  const picking = usePicking()
  const columns = usePartnerColumns(picking)
  const families = familiesOf(filtered(grants, search))
  return (
    <>
      <Selected grants={grants} picking={picking} />
      <ListFilters label={t('partners.filter')} grants={grants} search={search} />
      {families.length === 0 ? (
        <Empty
          action={
            <LinkButton to="/partners" variant="default">
              {t('grant.clear')}
            </LinkButton>
          }
        >
          {t('partners.noneMatch')}
        </Empty>
      ) : (
        <DataList
          label={t('partners.title')}
          columns={columns}
          rows={families}
          rowKey={(family) => family.grant.id}
          below={belowOf}
          sort={search.sort ?? 'partner'}
          onSort={(sort) => navigate({ to: '.', search: { ...search, sort }, replace: true, resetScroll: false })}
        />
      )}
    </>
  )
}

function Selected({ grants, picking }: { grants: Grant[]; picking: Picking }) {
  const { t } = useTranslation()
  const [extending, setExtending] = useState(false)
  const chosen = grants.filter(({ id }) => picking.picked.includes(id))
  const close = () => {
    setExtending(false)
    picking.clear()
  }
  if (extending) return <ExtendSelected grants={chosen} onClose={close} />
  if (chosen.length === 0) return null
  return (
    <div className={styles.waiting} role="status">
      <p>{t('extend.selected', { count: chosen.length })}</p>
      <Button variant="default" onClick={() => setExtending(true)}>
        {t('extend.open', { count: chosen.length })}
      </Button>
    </div>
  )
}

function usePartnerColumns({ picked, pick }: Picking): Column<Family>[] {
  const { t } = useTranslation()
  const who = useWho()
  return [
    {
      key: 'pick',
      label: t('extend.choose'),
      quiet: true,
      narrow: true,
      cell: ({ grant }) =>
        grant.abilities['change'] ? (
          <Checkbox
            aria-label={t('extend.chooseOne', { partner: grant.partner.name, who: who(grant) })}
            checked={picked.includes(grant.id)}
            onChange={(event) => pick(grant.id, event.currentTarget.checked)}
          />
        ) : null,
    },
    {
      key: 'partner',
      label: t('partners.partner'),
      names: true,
      sortBy: ({ grant }) => grant.partner.name,
      cell: (family) => <PartnerCell family={family} />,
    },
    { key: 'who', label: t('partners.who'), cell: ({ grant, nested }) => (nested ? t('partners.replaces') : who(grant)) },
    { key: 'may', label: t('partners.may'), sortBy: ({ grant }) => grant.gives, cell: ({ grant }) => <MayCell grant={grant} /> },
    {
      key: 'ends',
      label: t('partners.ends'),
      narrow: true,
      sortBy: ({ grant }) => grant.endsOn,
      cell: ({ grant }) => dayText(grant.endsOn),
    },
    {
      key: 'used',
      label: t('partners.used'),
      narrow: true,
      sortBy: ({ grant }) => grant.lastUsedAt ?? '',
      cell: ({ grant }) => (grant.lastUsedAt ? agoText(grant.lastUsedAt) : t('partners.never')),
    },
    { key: 'status', label: t('partners.status'), cell: ({ grant }) => <GrantChip grant={grant} /> },
  ]
}

function PartnerCell({ family: { grant, nested } }: { family: Family }) {
  return (
    <>
      {nested ? <span aria-hidden>└ </span> : null}
      <TextLink to="/access/$id" params={{ id: grant.id }}>
        {nested ? grant.person?.name : grant.partner.name}
      </TextLink>
    </>
  )
}

function MayCell({ grant }: { grant: Grant }) {
  return (
    <>
      {grant.gives}
      {grant.usedInstead ? <div className={styles.quiet}>{grant.usedInstead}</div> : null}
    </>
  )
}
