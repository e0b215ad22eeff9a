// Remove one access: says whom it hits, takes a reason that is sent along, acts at once, and then says what is left.
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { api } from '../api.ts'
import styles from '../forms/fields.module.css'
import { ReasonField } from '../forms/reason-field.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'

export function RemoveAccess({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const form = useSending({
    send: () => api.grants.remove(grant.id, reason.trim() || undefined),
    done: ({ removal }) => void navigate({ to: '/removals/$id', params: { id: removal.id } }),
    failed: t('oneAccess.notRemoved'),
  })
  const name = grant.person?.name ?? grant.partner.name
  return (
    <Panel title={t('oneAccess.removeTitle', { name })} tone="care">
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <p>{t('oneAccess.removeWords', { name })}</p>
        <ReasonField
          label={t('oneAccess.whyRemove')}
          description={t('oneAccess.whyRemoveHelp')}
          value={reason}
          onChange={setReason}
          error={form.of('reason')}
        />
        <div className={styles.buttons}>
          <Button type="submit" color="red" loading={form.sending}>
            {grant.person ? t('oneAccess.removePerson', { name }) : t('oneAccess.removePeople', { count: grant.partner.peopleCount })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('oneAccess.keep')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
