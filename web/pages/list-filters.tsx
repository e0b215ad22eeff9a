// What the two lists of accesses share: filters by state with their numbers, and a search among names. All of it in the address.
import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { Tabs } from '../ui/tabs.tsx'
import { isListedUnder } from './grant-words.tsx'
import styles from './list-filters.module.css'

export interface ListSearch {
  state?: string | undefined
  sort?: string | undefined
  q?: string | undefined
}

const filters = ['active', 'ending', 'ended', 'all'] as const

export function ListFilters({ label, grants, search }: { label: string; grants: Grant[]; search: ListSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <div className={styles.row}>
      <Tabs
        label={label}
        tabs={filters.map((filter) => ({
          key: filter,
          words: t(`grant.filters.${filter}`),
          count: grants.filter((grant) => isListedUnder(grant, filter)).length,
          search: { ...search, state: filter === 'active' ? undefined : filter },
        }))}
      />
      <TextInput
        type="search"
        aria-label={t('grant.find')}
        placeholder={t('grant.find')}
        defaultValue={search.q ?? ''}
        onChange={(event) =>
          navigate({ to: '.', search: { ...search, q: event.currentTarget.value || undefined }, replace: true, resetScroll: false })
        }
      />
    </div>
  )
}

/** The accesses under the chosen filter whose firm, customer or person is called so. */
export function filtered(grants: Grant[], { state = 'active', q = '' }: ListSearch): Grant[] {
  const wanted = q.toLocaleLowerCase()
  const named = (grant: Grant) => `${grant.partner.name} ${grant.customer.name} ${grant.person?.name ?? ''}`.toLocaleLowerCase()
  return grants.filter((grant) => isListedUnder(grant, state) && named(grant).includes(wanted))
}
