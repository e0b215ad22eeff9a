// What was written and what happened, oldest first: who wrote, from where, and for whom.
import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Message, OneRecord, RecordEvent } from '../../client/records.ts'
import { api } from '../api.ts'
import { momentText, sizeText } from '../dates.ts'
import { kindShown } from '../i18n.ts'
import { Panel } from '../ui/panel.tsx'
import styles from './one-service-request.module.css'
import { useTalkedOn } from './record-facts.tsx'
import { PartnerPersonMark } from './record-words.tsx'

type Entry = { at: string; message: Message } | { at: string; event: RecordEvent }

export function Conversation({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const entries: Entry[] = [
    ...record.messages.map((message) => ({ at: message.createdAt, message })),
    ...record.events.map((event) => ({ at: event.at, event })),
  ].sort((a, b) => a.at.localeCompare(b.at) || Number('message' in a) - Number('message' in b))
  const talkedOn = useTalkedOn()
  if (!talkedOn && entries.length === 0) return null
  return (
    <Panel title={t(talkedOn ? 'oneRequest.conversation' : 'history.title')}>
      {entries.length === 0 ? <p className={styles.event}>{t('oneRequest.nothingYet')}</p> : null}
      <ol className={styles.messages}>
        {entries.map((entry) =>
          'message' in entry ? (
            <OneMessage key={`message ${entry.message.id}`} recordId={record.id} message={entry.message} />
          ) : (
            <li key={`event ${entry.event.id}`} className={styles.event}>
              {entry.event.words} · {momentText(entry.at)}
            </li>
          ),
        )}
      </ol>
    </Panel>
  )
}

function OneMessage({ recordId, message }: { recordId: string; message: Message }) {
  const { t } = useTranslation()
  const { author } = message
  return (
    <li className={`${styles.message} ${author.for ? styles.outside : ''}`}>
      <div className={styles.head}>
        <span>
          <PartnerPersonMark person={author} /> <strong>{author.name}</strong> · {author.organization}
          {author.for ? ` ${t('oneRequest.writesFor', { customer: author.for })}` : null}
        </span>
        <span className={styles.quiet}>{momentText(message.createdAt)}</span>
      </div>
      <div className={styles.body}>{message.body}</div>
      {message.files.map((file) => (
        <div key={file.id}>
          <Anchor underline="always" href={api.records.fileAddress(kindShown(), recordId, file.id)} download>
            {file.name}
          </Anchor>{' '}
          <span className={styles.quiet}>{sizeText(file.size)}</span>
        </div>
      ))}
    </li>
  )
}
