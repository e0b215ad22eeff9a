// Contacts of my firm: its customers with how they are linked, and the way to its people at each of them.
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AccountLink } from '../../client/colleagues.ts'
import { api } from '../api.ts'
import { linksQuery } from '../queries.ts'
import { Chip, type Tone } from '../ui/chip.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Empty } from '../ui/empty.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe } from '../who-is-here.ts'

export function ContactsPage() {
  const { t } = useTranslation()
  const company = useMe().organization.name
  const query = useQuery(linksQuery)
  return (
    <Page title={t('partnerContacts.title')} lead={t('partnerContacts.lead', { company })} actions={<CustomerChoice />}>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <Empty>{t('partnerContacts.none', { company })}</Empty> : <Customers links={items} />)}
      </Loaded>
    </Page>
  )
}

/** The customers in the head of the page: choosing one shows one's people there (CD-014). */
export function CustomerChoice({ customer = '' }: { customer?: string }) {
  const { t } = useTranslation()
  const company = useMe().organization.name
  const navigate = useNavigate()
  const links = useQuery(linksQuery).data?.items ?? []
  const open = (id: string) =>
    id === '' ? navigate({ to: '/contacts' }) : navigate({ to: '/contacts/$customer', params: { customer: id } })
  return (
    <NativeSelect
      id="customer"
      label={t('partnerContacts.choose')}
      value={customer}
      data={[
        { value: '', label: t('partnerContacts.own', { company }) },
        ...links.map((link) => ({ value: link.customer.id, label: link.customer.name })),
      ]}
      onChange={(event) => open(event.currentTarget.value)}
    />
  )
}

function Customers({ links }: { links: AccountLink[] }) {
  const { t } = useTranslation()
  const columns: Column<AccountLink>[] = [
    {
      key: 'customer',
      label: t('partnerContacts.choose'),
      names: true,
      cell: ({ customer }) => (
        <TextLink to="/contacts/$customer" params={{ customer: customer.id }}>
          {customer.name}
        </TextLink>
      ),
    },
    { key: 'state', label: t('partnerContacts.link'), cell: (link) => <LinkState link={link} /> },
    { key: 'ask', label: t('partnerContacts.action'), quiet: true, cell: (link) => <AskForLink link={link} /> },
  ]
  return <DataList label={t('partnerContacts.title')} columns={columns} rows={links} rowKey={({ customer }) => customer.id} />
}

const tones: Record<AccountLink['state'], Tone> = { available: 'still', asked: 'care', linked: 'good', denied: 'bad' }

export function LinkState({ link: { state } }: { link: AccountLink }) {
  const { t } = useTranslation()
  return <Chip tone={tones[state]}>{t(`partnerContacts.states.${state}`)}</Chip>
}

/** Asking for the link (CD-010). */
export function AskForLink({ link: { customer, abilities } }: { link: AccountLink }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.links.ask(customer.id),
    done: () => sayDone(t('partnerContacts.linkAsked', { customer: customer.name })),
    failed: t('partnerContacts.linkNotAsked'),
  })
  if (!abilities.ask) return null
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button variant="default" size="compact-sm" loading={form.sending} onClick={() => form.submit()}>
        {t('partnerContacts.askLink', { customer: customer.name })}
      </Button>
    </>
  )
}
