// The files of a service request: to read, and to add one by a plain file field.

import { Anchor, Button } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OneRecord } from '../../client/records.ts'
import { api } from '../api.ts'
import { momentText, sizeText } from '../dates.ts'
import { kindShown } from '../i18n.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import styles from './one-service-request.module.css'

export function Files({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('files.title')}>
      {record.files.length === 0 ? <p className={styles.quiet}>{t('files.none')}</p> : null}
      <ul className={styles.list}>
        {record.files.map((file) => (
          <li key={file.id} className={styles.contact}>
            <Anchor underline="always" href={api.records.fileAddress(kindShown(), record.id, file.id)} download>
              {file.name}
            </Anchor>
            <div className={styles.quiet}>
              {sizeText(file.size)} · {file.by} · {momentText(file.createdAt)}
            </div>
          </li>
        ))}
      </ul>
      {record.abilities['reply'] ? <Attach record={record} /> : null}
    </Panel>
  )
}

function Attach({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const chosen = () => field.current?.files?.[0]
  const form = useSending({
    send: async () => {
      const file = chosen()
      if (!file) throw new Error('no file')
      return api.records.attach(kindShown(), record.id, file, file.name)
    },
    done: () => {
      sayDone(t('files.attached', { name: chosen()?.name ?? '' }))
      if (field.current) field.current.value = ''
    },
    check: () => (chosen() ? [] : [{ field: 'file', sentence: t('files.missing') }]),
    failed: t('files.notAttached'),
  })
  return (
    <form onSubmit={form.submit} noValidate>
      <ErrorSummary problems={form.problems} />
      <label htmlFor="file">{t('files.add')}</label>
      <input ref={field} id="file" type="file" style={{ display: 'block', maxWidth: '100%', margin: '0.25rem 0 0.5rem' }} />
      <Button type="submit" variant="default" loading={form.sending}>
        {t('files.attach')}
      </Button>
    </form>
  )
}
