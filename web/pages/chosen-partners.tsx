// The partners that my company works with: which one is of record, and ending the work with one that we chose ourselves.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Partner } from '../../client/access.ts'
import { api } from '../api.ts'
import styles from '../forms/fields.module.css'
import { ReasonField } from '../forms/reason-field.tsx'
import { partnersQuery } from '../queries.ts'
import { Chip } from '../ui/chip.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'

export function ChosenPartners() {
  const { t } = useTranslation()
  const [ending, setEnding] = useState<Partner | null>(null)
  const partners = useQuery(partnersQuery).data?.items ?? []
  if (partners.length === 0) return null
  const columns: Column<Partner>[] = [
    { key: 'name', label: t('invitations.partner'), names: true, cell: ({ name }) => name },
    { key: 'domain', label: t('roles.domain'), cell: ({ emailDomain }) => emailDomain ?? '' },
    {
      key: 'kind',
      label: t('invitations.how'),
      cell: ({ ofRecord }) => <Chip tone="still">{t(ofRecord ? 'invitations.ofRecord' : 'invitations.chosen')}</Chip>,
    },
    {
      key: 'end',
      label: t('invitations.endWork'),
      quiet: true,
      cell: (partner) =>
        partner.ofRecord ? null : (
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('invitations.endWorkWith', { partner: partner.name })}
            onClick={() => setEnding(partner)}
          >
            {t('invitations.endWork')}
          </Button>
        ),
    },
  ]
  return (
    <Panel title={t('invitations.partners')}>
      <DataList label={t('invitations.partners')} columns={columns} rows={partners} rowKey={({ id }) => id} />
      {ending ? <EndWork key={ending.id} partner={ending} onClose={() => setEnding(null)} /> : null}
    </Panel>
  )
}

function EndWork({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const form = useSending({
    send: () => api.invitations.endWork(partner.id, reason.trim() || undefined),
    done: ({ ended }) => {
      onClose()
      sayDone(t('invitations.workEnded', { partner: partner.name, count: ended }))
    },
    failed: t('invitations.workNotEnded'),
  })
  return (
    <Panel title={t('invitations.endWorkTitle', { partner: partner.name })} level={3} tone="care">
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <p>{t('invitations.endWorkWords', { partner: partner.name })}</p>
        <ReasonField
          label={t('oneAccess.whyRemove')}
          description={t('oneAccess.whyRemoveHelp')}
          value={reason}
          onChange={setReason}
          error={form.of('reason')}
        />
        <div className={styles.buttons}>
          <Button type="submit" color="red" loading={form.sending}>
            {t('invitations.endWorkWith', { partner: partner.name })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('invitations.keepWorking')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
