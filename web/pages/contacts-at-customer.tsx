// The people of my firm at one customer: who has access, what waits, and in each row what I can do: ask, let in, change.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColleagueRow, ColleaguesAt } from '../../client/colleagues.ts'
import { dayText } from '../dates.ts'
import { colleaguesAtQuery } from '../queries.ts'
import { Chip } from '../ui/chip.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ColleagueForm } from './colleague-form.tsx'
import { Absent } from './not-found.tsx'
import { AskForLink, CustomerChoice, LinkState } from './partner-contacts.tsx'
import styles from './people.module.css'

const route = getRouteApi('/inside/contacts/$customer')

export function ContactsAtCustomerPage() {
  const { t } = useTranslation()
  const { customer } = route.useParams()
  const query = useQuery(colleaguesAtQuery(customer))
  return (
    <Loaded query={query} absent={<Absent title={t('partnerContacts.absent')} />}>
      {(at) => (
        <Page
          title={t('partnerContacts.at', { customer: at.customer.name })}
          lead={<LinkState link={at.link} />}
          above={<TextLink to="/contacts">{t('partnerContacts.back')}</TextLink>}
          actions={<CustomerChoice customer={at.customer.id} />}
        >
          <WhatHolds at={at} />
          <Rows key={at.customer.id} at={at} />
        </Page>
      )}
    </Loaded>
  )
}

/** Whether the two are linked, and what the customer says to letting in colleagues. */
function WhatHolds({ at: { customer, link, choice, letIn } }: { at: ColleaguesAt }) {
  const { t } = useTranslation()
  if (link.state !== 'linked') {
    return (
      <Panel tone="care">
        <p>{t('partnerContacts.linkWords', { customer: customer.name })}</p>
        <AskForLink link={link} />
      </Panel>
    )
  }
  if (!letIn) return null
  const day = letIn.lastDay === null ? '' : dayText(letIn.lastDay)
  return <p>{t(`partnerContacts.${choice}`, { customer: customer.name, day })}</p>
}

function Rows({ at }: { at: ColleaguesAt }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string>()
  const row = at.rows.find(({ person }) => person.id === open)
  const columns: Column<ColleagueRow>[] = [
    { key: 'person', label: t('partnerContacts.person'), names: true, cell: (one) => <Person row={one} /> },
    { key: 'has', label: t('partnerContacts.has'), narrow: true, cell: (one) => <Has row={one} /> },
    { key: 'may', label: t('partnerContacts.may'), cell: (one) => <MayDo row={one} /> },
    { key: 'action', label: t('partnerContacts.action'), quiet: true, cell: (one) => <Action row={one} onOpen={setOpen} /> },
  ]
  return (
    <>
      <DataList
        label={t('partnerContacts.at', { customer: at.customer.name })}
        columns={columns}
        rows={at.rows}
        rowKey={(one) => one.person.id}
      />
      {row && ['request', 'add', 'edit'].includes(row.action) ? (
        <ColleagueForm key={row.person.id} at={at} row={row} onClose={() => setOpen(undefined)} />
      ) : null}
    </>
  )
}

function Person({ row: { person, isMe } }: { row: ColleagueRow }) {
  const { t } = useTranslation()
  return isMe ? `${person.name} (${t('partnerContacts.you')})` : person.name
}

function Has({ row: { hasAccess } }: { row: ColleagueRow }) {
  const { t } = useTranslation()
  if (hasAccess === null) return null
  return <Chip tone={hasAccess ? 'good' : 'still'}>{t(hasAccess ? 'partnerContacts.yes' : 'partnerContacts.no')}</Chip>
}

/** What was given to them by name; or else what they have by a group, or like everyone there. */
function MayDo({ row: { access, otherwise } }: { row: ColleagueRow }) {
  const { t } = useTranslation()
  if (access || !otherwise) return access?.gives ?? null
  const { gives, groups } = otherwise
  return (
    <>
      {gives}
      <div className={styles.address}>
        {groups.length > 0 ? t('named.through.group', { group: groups.join(', ') }) : t('named.through.organization')}
      </div>
    </>
  )
}

function Action({ row: { action, person, waiting }, onOpen }: { row: ColleagueRow; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  if (action === 'none') return null
  if (action === 'wait') {
    return (
      <TextLink to="/asks/$id" params={{ id: waiting?.requestId ?? '' }}>
        {t('partnerContacts.waits', { number: waiting?.number })}
      </TextLink>
    )
  }
  return (
    <Button variant="default" size="compact-sm" onClick={() => onOpen(person.id)}>
      {t(`partnerContacts.${action}`, { name: person.name })}
    </Button>
  )
}
