// Who is named on a service request, from where, with which level and until when; and whoever's access ended, struck through.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Contact, OneRecord } from '../../client/records.ts'
import { api } from '../api.ts'
import { lastDayOf } from '../dates.ts'
import { kindShown } from '../i18n.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useLevelName } from '../who-is-here.ts'
import { AddContact } from './add-contact.tsx'
import styles from './one-service-request.module.css'
import { PartnerPersonMark } from './record-words.tsx'

const relations = ['point_of_contact', 'additional_contact', 'requester'] as const

export function Contacts({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('contacts.title')}>
      {relations.map((relation) => (
        <Named key={relation} record={record} relation={relation} contacts={record.contacts.filter((one) => one.relation === relation)} />
      ))}
      {record.abilities['add_contact'] ? <AddContact record={record} /> : null}
    </Panel>
  )
}

function Named({ record, relation, contacts }: { record: OneRecord; relation: Contact['relation']; contacts: Contact[] }) {
  const { t } = useTranslation()
  if (contacts.length === 0) return relation === 'point_of_contact' ? <p className={styles.quiet}>{t('contacts.noPoint')}</p> : null
  return (
    <>
      <h3 className={styles.quiet} style={{ margin: '0.5rem 0 0', fontWeight: 600 }}>
        {t(`contacts.relations.${relation}`)}
      </h3>
      {contacts.map((contact) => (
        <OneContact key={contact.personId} record={record} contact={contact} />
      ))}
    </>
  )
}

function OneContact({ record, contact }: { record: OneRecord; contact: Contact }) {
  const { t } = useTranslation()
  const levelName = useLevelName()
  const removable = record.abilities['add_contact'] && contact.relation === 'additional_contact'
  return (
    <div className={styles.contact}>
      <p className={contact.accessEnded ? styles.ended : undefined}>
        <PartnerPersonMark person={contact} /> {contact.name}, {contact.organization}
      </p>
      {contact.accessEnded ? <p className={styles.quiet}>{t('contacts.ended', { name: contact.name })}</p> : null}
      {contact.level && contact.until && !contact.accessEnded ? (
        <p className={styles.quiet}>
          {t('contacts.level', {
            level: levelName(contact.level),
            day: lastDayOf(contact.until),
          })}
        </p>
      ) : null}
      {removable ? <TakeOff record={record} contact={contact} /> : null}
    </div>
  )
}

function TakeOff({ record, contact }: { record: OneRecord; contact: Contact }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.records.removeContact(kindShown(), record.id, contact.personId),
    done: () => sayDone(t('contacts.takenOff', { name: contact.name })),
    failed: t('contacts.notTakenOff'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button variant="subtle" size="compact-sm" loading={form.sending} onClick={() => form.submit()}>
        {t('contacts.takeOffWho', { name: contact.name })}
      </Button>
    </>
  )
}
