// The partners whose roles can be enabled and disabled, under the name that the portal gives to this page (MI-017).
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Partner } from '../../client/access.ts'
import { partnersQuery } from '../queries.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { usePortal } from '../who-is-here.ts'

/** How the page is called here, and the way to it: “Organization › Account › Groups”. */
export function useRolesPage() {
  const { t } = useTranslation()
  const page = usePortal().giving.rolesPage
  const name = page?.at.at(-1) ?? t('roles.title')
  return { name, title: page?.title ?? t('roles.title'), way: page?.at.slice(0, -1).join(' › ') }
}

export function PartnerAccessPage() {
  const { t } = useTranslation()
  const { name, way } = useRolesPage()
  const query = useQuery(partnersQuery)
  const columns: Column<Partner>[] = [
    {
      key: 'name',
      label: t('access.partner'),
      names: true,
      cell: (partner) => (
        <TextLink to="/partner-access/$id" params={{ id: partner.id }}>
          {partner.name}
        </TextLink>
      ),
    },
    { key: 'people', label: t('roles.people'), narrow: true, cell: (partner) => partner.peopleCount },
    { key: 'domain', label: t('roles.domain'), cell: (partner) => partner.emailDomain ?? '' },
  ]
  return (
    <Page title={name} lead={t('roles.listLead')} above={way}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('give.noPartners')}</Empty>
          ) : (
            <DataList label={name} columns={columns} rows={items} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
    </Page>
  )
}
