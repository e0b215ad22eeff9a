// Partners who ask to be linked, before whoever answers: the customer, or the vendor.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AccountLink } from '../../client/colleagues.ts'
import { api } from '../api.ts'
import styles from '../forms/fields.module.css'
import { linksQuery } from '../queries.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { LinkState } from './partner-contacts.tsx'

export function LinksPage() {
  const { t } = useTranslation()
  const query = useQuery(linksQuery)
  return (
    <Page title={t('links.title')} lead={t('links.lead')}>
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <Empty>{t('links.none')}</Empty> : <Links links={items} />)}</Loaded>
    </Page>
  )
}

function Links({ links }: { links: AccountLink[] }) {
  const { t } = useTranslation()
  const columns: Column<AccountLink>[] = [
    { key: 'partner', label: t('links.partner'), names: true, cell: ({ partner }) => partner.name },
    { key: 'customer', label: t('links.customer'), cell: ({ customer }) => customer.name },
    { key: 'by', label: t('links.askedBy'), cell: ({ askedBy }) => (askedBy ? `${askedBy.name}, ${askedBy.email}` : null) },
    { key: 'state', label: t('links.state'), cell: (link) => <LinkState link={link} /> },
    { key: 'answer', label: t('links.answer'), quiet: true, cell: (link) => <Answer link={link} /> },
  ]
  return <DataList label={t('links.title')} columns={columns} rows={links} rowKey={({ id }) => id ?? ''} />
}

function Answer({ link }: { link: AccountLink }) {
  const { t } = useTranslation()
  const names = { partner: link.partner.name, customer: link.customer.name }
  const failed = t('links.notAnswered')
  const approve = useSending({ send: () => api.links.approve(link.id ?? ''), done: () => sayDone(t('links.linked', names)), failed })
  const decline = useSending({ send: () => api.links.decline(link.id ?? ''), done: () => sayDone(t('links.declined', names)), failed })
  if (!link.abilities.answer) return null
  return (
    <>
      <ErrorSummary problems={[...approve.problems, ...decline.problems]} />
      <div className={styles.buttons}>
        <Button size="compact-sm" loading={approve.sending} onClick={() => approve.submit()}>
          {t('links.link', names)}
        </Button>
        <Button size="compact-sm" variant="default" loading={decline.sending} onClick={() => decline.submit()}>
          {t('links.decline', names)}
        </Button>
      </div>
    </>
  )
}
