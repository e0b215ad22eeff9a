// One service request: the conversation, who is named on it, and exactly who will get an answer before it is sent.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OneRecord } from '../../client/records.ts'
import { dayOfMoment, momentText } from '../dates.ts'
import { kindInAddress } from '../i18n.ts'
import { recordQuery } from '../queries.ts'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Contacts } from './contacts.tsx'
import { Conversation } from './conversation.tsx'
import { Files } from './files.tsx'
import { Absent } from './not-found.tsx'
import styles from './one-service-request.module.css'
import { RecordFacts, useTalkedOn } from './record-facts.tsx'
import { PartnerMark, StateChip } from './record-words.tsx'
import { Reply } from './reply.tsx'
import { RequestActions } from './request-actions.tsx'

const route = getRouteApi('/inside/requests/$id')

export function OneServiceRequestPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(recordQuery(id))
  return (
    <Loaded query={query} absent={<Absent title={t('oneRequest.absent')} />}>
      {(record) => <OneRequest key={record.id} record={record} />}
    </Loaded>
  )
}

function OneRequest({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const talkedOn = useTalkedOn()
  return (
    <Page
      title={record.title}
      tab={`${record.number} ${record.title}`}
      above={
        <TextLink to="/requests" search={kindInAddress()}>
          {t('requests.back')}
        </TextLink>
      }
      lead={<Lead record={record} />}
    >
      <AskedInTheirName record={record} />
      <div className={styles.columns}>
        <div>
          {record.description ? (
            <Panel title={t('oneRequest.description')}>
              <div className={styles.body}>{record.description}</div>
            </Panel>
          ) : null}
          {talkedOn ? null : <RecordFacts record={record} />}
          <Conversation record={record} />
          {record.abilities['reply'] ? <Reply record={record} /> : null}
          <RequestActions record={record} />
        </div>
        {talkedOn || record.contacts.length + record.files.length > 0 ? (
          <div>
            <Contacts record={record} />
            <Files record={record} />
          </div>
        ) : null}
      </div>
    </Page>
  )
}

/** Whoever works on it reads first that it counts as somebody's word, and whose. */
function AskedInTheirName({ record: { accountRequest, customer } }: { record: OneRecord }) {
  const { t } = useTranslation()
  if (!accountRequest) return null
  const { name, person, countsAs, by, organization } = accountRequest
  return (
    <Note kind="care" title={person ? t('oneRequest.asksForPerson', { name, who: person.name, email: person.email }) : name}>
      {t('oneRequest.countsAs', { by, organization, role: countsAs, customer: customer.name })}
    </Note>
  )
}

function Lead({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  return (
    <div className={styles.lead}>
      {record.partnerManaged ? <PartnerMark /> : null}
      <strong>{record.number}</strong>
      <strong>{record.customer?.name}</strong>
      <StateChip state={record.state} />
      <span>
        {t('oneRequest.opened', { day: dayOfMoment(record.createdAt) })} · {t('oneRequest.updated', { when: momentText(record.updatedAt) })}
      </span>
    </div>
  )
}
