// The groups of my firm: what each one has at which customer, and who is in it.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../client/access.ts'
import { dayOfMoment } from '../dates.ts'
import { groupsQuery } from '../queries.ts'
import { Chip } from '../ui/chip.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'

export function GroupsPage() {
  const { t } = useTranslation()
  const query = useQuery(groupsQuery)
  return (
    <Page title={t('groups.title')} lead={t('groups.lead')}>
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <Empty>{t('groups.none')}</Empty> : <Groups groups={items} />)}</Loaded>
    </Page>
  )
}

function Groups({ groups }: { groups: Group[] }) {
  const { t } = useTranslation()
  const columns: Column<Group>[] = [
    {
      key: 'name',
      label: t('groups.name'),
      names: true,
      cell: (group) => (
        <TextLink to="/groups/$id" params={{ id: group.id }}>
          {group.name}
        </TextLink>
      ),
    },
    { key: 'has', label: t('groups.has'), cell: (group) => <GroupAccess group={group} /> },
    {
      key: 'members',
      label: t('groups.members'),
      cell: (group) => (group.members.length === 0 ? t('groups.nobody') : group.members.map(({ name }) => name).join(', ')),
    },
    { key: 'state', label: t('partners.status'), cell: (group) => <GroupState group={group} /> },
  ]
  return <DataList label={t('groups.title')} columns={columns} rows={groups} rowKey={({ id }) => id} />
}

export function GroupAccess({ group }: { group: Group }) {
  const { t } = useTranslation()
  if (group.access.length === 0) return t('groups.hasNothing')
  return group.access.map(({ grantId, customer, gives, until }) => (
    <div key={grantId}>
      <TextLink to="/access/$id" params={{ id: grantId }}>
        {customer.name}
      </TextLink>
      : {t('groups.gives', { gives, until })}
    </div>
  ))
}

export function GroupState({ group }: { group: Group }) {
  const { t } = useTranslation()
  if (group.endedAt !== null) return <Chip tone="still">{t('groups.ended', { day: dayOfMoment(group.endedAt) })}</Chip>
  return group.members.length === 0 ? <Chip tone="care">{t('groups.empty')}</Chip> : <Chip tone="good">{t('groups.standing')}</Chip>
}
