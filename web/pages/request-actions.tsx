// What else may be done with a service request: close it with a last word, or open it again.
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OneRecord } from '../../client/records.ts'
import { api } from '../api.ts'
import { kindShown } from '../i18n.ts'
import { Details } from '../ui/details.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useRecordStates } from './record-words.tsx'

export function RequestActions({ record }: { record: OneRecord }) {
  const closed = useRecordStates().find(({ code }) => code === record.state)?.closed ?? false
  if (closed) return record.abilities['reopen'] ? <Reopen record={record} /> : null
  return record.abilities['close'] ? <Close record={record} /> : null
}

function Close({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const form = useSending({
    send: () => api.records.close(kindShown(), record.id, body.trim() || undefined),
    done: () => sayDone(t('oneRequest.closed', { number: record.number })),
    failed: t('oneRequest.notClosed'),
  })
  return (
    <Details summary={t('oneRequest.close', { number: record.number })}>
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <Textarea
          id="last-word"
          label={t('oneRequest.lastWord')}
          value={body}
          rows={3}
          maxLength={20000}
          mb="sm"
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={form.sending}>
          {t('oneRequest.closeButton', { number: record.number })}
        </Button>
      </form>
    </Details>
  )
}

function Reopen({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.records.reopen(kindShown(), record.id),
    done: () => sayDone(t('oneRequest.reopened', { number: record.number })),
    failed: t('oneRequest.notReopened'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button variant="default" loading={form.sending} onClick={() => form.submit()}>
        {t('oneRequest.reopen', { number: record.number })}
      </Button>
    </>
  )
}
