// Who can see what: whether one person can do something, everyone who can do it to a record, and every record on which a person can, each with why.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { partnersQuery } from '../queries.ts'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { AskForm, type View } from './ask-who.tsx'
import { Explained } from './explained.tsx'
import { FoundPeople, FoundRecords } from './found-access.tsx'

const route = getRouteApi('/inside/who')

export function WhoCanSeePage() {
  const { t } = useTranslation()
  const partners = useQuery(partnersQuery)
  return (
    <Page title={t('who.title')} lead={t('who.lead')}>
      <Loaded query={partners}>
        {({ items }) => (items.length === 0 ? <Empty>{t('who.nobody')}</Empty> : <Asking partners={items} />)}
      </Loaded>
    </Page>
  )
}

function Asking({ partners }: { partners: { id: string; name: string }[] }) {
  const { t } = useTranslation()
  const search = route.useSearch()
  const view: View = search.view === 'record' || search.view === 'person' ? search.view : 'one'
  return (
    <>
      <Tabs
        label={t('who.title')}
        tabs={[
          { key: 'one', words: t('who.question'), search: {}, chosen: view === 'one' },
          { key: 'record', words: t('who.byRecord'), search: { view: 'record' }, chosen: view === 'record' },
          { key: 'person', words: t('who.byPerson'), search: { view: 'person' }, chosen: view === 'person' },
        ]}
      />
      <AskForm key={JSON.stringify(search)} view={view} partners={partners} />
      <Answer view={view} />
    </>
  )
}

function Answer({ view }: { view: View }) {
  const { person, action, record, at } = route.useSearch()
  if (!action) return null
  if (view === 'person') return person ? <FoundRecords person={person} action={action} day={at} /> : null
  if (!record) return null
  if (view === 'record') return <FoundPeople action={action} number={record} day={at} />
  return person ? <Explained person={person} action={action} number={record} day={at} /> : null
}
