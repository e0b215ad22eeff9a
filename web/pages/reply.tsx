// An answer, with exactly who will get it said before it is sent; people from outside the customer are marked.
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OneRecord } from '../../client/records.ts'
import { api } from '../api.ts'
import { kindShown } from '../i18n.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import styles from './one-service-request.module.css'
import { PartnerPersonMark } from './record-words.tsx'

export function Reply({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const form = useSending({
    send: () => api.records.reply(kindShown(), record.id, body.trim()),
    done: () => {
      setBody('')
      sayDone(t('oneRequest.answered'))
    },
    check: () => (body.trim() ? [] : [{ field: 'body', sentence: t('oneRequest.answerMissing') }]),
    failed: t('oneRequest.notAnswered'),
  })
  return (
    <Panel title={t('oneRequest.answer')}>
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <Textarea
          id="body"
          label={t('oneRequest.yourAnswer')}
          value={body}
          rows={5}
          maxLength={20000}
          error={form.of('body')}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <GoesTo record={record} />
        <Button type="submit" loading={form.sending}>
          {t('oneRequest.send', { count: record.replyGoesTo.length })}
        </Button>
      </form>
    </Panel>
  )
}

function GoesTo({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  if (record.replyGoesTo.length === 0) return <p className={styles.goesTo}>{t('oneRequest.goesToNobody')}</p>
  return (
    <div className={styles.goesTo}>
      {t('oneRequest.goesTo')}
      <ul className={styles.list}>
        {record.replyGoesTo.map((one) => (
          <li key={`${one.name} ${one.organization}`}>
            <PartnerPersonMark person={one} /> {one.name}, {one.organization}
          </li>
        ))}
      </ul>
    </div>
  )
}
