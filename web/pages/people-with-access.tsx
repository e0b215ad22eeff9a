// The named people of partners who have access, or had it: why, since, until, by whom, and when they last used it.
import { NativeSelect, Table, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PersonWithAccess } from '../../client/ways-out.ts'
import { api } from '../api.ts'
import { dayOfMoment, lastDayOf, momentText } from '../dates.ts'
import { Empty } from '../ui/empty.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { useMe } from '../who-is-here.ts'
import { LookThrough } from './look-through.tsx'
import styles from './service-requests.module.css'

const route = getRouteApi('/inside/people-with-access')

export function PeopleWithAccessPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { state = 'now', q = '' } = route.useSearch()
  const wanted = { state, ...(q ? { q } : {}) }
  const query = useQuery({
    queryKey: ['people-with-access', wanted],
    queryFn: () => api.removals.peopleWithAccess(wanted),
    placeholderData: keepPreviousData,
  })
  const show = (search: { state?: string; q?: string }) =>
    void navigate({ to: '/people-with-access', search: { state, ...(q ? { q } : {}), ...search }, replace: true, resetScroll: false })
  return (
    <Page title={t('named.title')} lead={t('named.lead')} above={<TextLink to="/partners">{t('partners.back')}</TextLink>}>
      <div className={styles.filters}>
        <NativeSelect
          label={t('named.which')}
          value={state}
          onChange={(event) => show({ state: event.currentTarget.value })}
          data={(['now', 'ended', 'all'] as const).map((value) => ({ value, label: t(`named.states.${value}`) }))}
        />
        <TextInput label={t('grant.find')} value={q} maxLength={200} onChange={(event) => show({ q: event.currentTarget.value })} />
      </div>
      <p>
        <a href={`/api/v1/people-with-access/export?${new URLSearchParams(wanted)}`} download>
          {t('named.csv')}
        </a>
      </p>
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <Empty>{t('named.none')}</Empty> : <Rows items={items} />)}</Loaded>
    </Page>
  )
}

function Rows({ items }: { items: PersonWithAccess[] }) {
  const { t } = useTranslation()
  const zone = useMe().organization.timeZone
  const columns = ['who', 'may', 'since', 'until', 'by', 'used'] as const
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table aria-label={t('named.title')}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{t(`named.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((row) => (
            <Table.Tr key={`${row.person.id} ${row.grant.id} ${row.since}`}>
              <Table.Th scope="row">
                {row.person.name} ({row.partner.name})<br />
                {row.person.email}
                {['active', 'ending'].includes(row.state) ? (
                  <div>
                    <LookThrough partner={row.partner} person={row.person} small />
                  </div>
                ) : null}
              </Table.Th>
              <Table.Td>
                <TextLink to="/access/$id" params={{ id: row.grant.id }}>
                  {row.gives}
                </TextLink>
                <br />
                {t(`named.through.${row.through}`, { group: row.group ?? '' })}
                {row.counts || row.state !== 'active' ? null : ` · ${t('named.replaced')}`}
              </Table.Td>
              <Table.Td>{dayOfMoment(row.since, zone)}</Table.Td>
              <Table.Td>
                {lastDayOf(row.until, zone)} · {t(`named.words.${row.state}`)}
              </Table.Td>
              <Table.Td>
                <GivenBy row={row} />
              </Table.Td>
              <Table.Td>{row.lastUsedAt ? momentText(row.lastUsedAt) : t('partners.never')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** By the customer, or by a colleague who has access still or not: whom they let in stays (CD-045). */
function GivenBy({ row: { letInBy, givenBy, reason } }: { row: PersonWithAccess }) {
  const { t } = useTranslation()
  const by = letInBy ? t(letInBy.hasAccess ? 'named.letIn' : 'named.letInByNobody', { name: letInBy.name }) : givenBy
  return [by, reason && `“${reason}”`].filter(Boolean).join(' ')
}
