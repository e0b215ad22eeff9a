// Decline a request for access, with a reason that is sent to who asked.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../client/access-requests.ts'
import { api } from '../api.ts'
import styles from '../forms/fields.module.css'
import { ReasonField } from '../forms/reason-field.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { RequestFacts } from './request-words.tsx'

export function DeclineRequest({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const form = useSending({
    send: () => api.accessRequests.decline(request.id, reason.trim() || undefined),
    done: () => sayDone(t('oneAsk.declined', { partner: request.partner.name })),
    failed: t('oneAsk.notDeclined'),
  })
  const partner = request.partner.name
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Panel title={t('oneAsk.asked')}>
        <RequestFacts request={request} />
      </Panel>
      <Panel title={t('oneAsk.declineTitle', { partner })}>
        <form onSubmit={form.submit} noValidate>
          <ReasonField
            label={t('oneAsk.declineWhy')}
            description={t('oneAsk.declineWhyHelp', { name: request.askedBy.name })}
            value={reason}
            onChange={setReason}
            error={form.of('reason')}
          />
          <div className={styles.buttons}>
            <Button type="submit" color="red" loading={form.sending}>
              {t('oneAsk.declineButton', { partner })}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('oneAsk.notDecline')}
            </Button>
          </div>
        </form>
      </Panel>
    </>
  )
}
