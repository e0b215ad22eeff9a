// Take a partner out: everything that would end is listed first, and all of it ends at once.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { ReasonField } from '../forms/reason-field.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { Absent } from './not-found.tsx'
import { Lines } from './removal.tsx'

const route = getRouteApi('/inside/partners/$id/remove')

export function RemovePartnerPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery({ queryKey: ['removal-preview', id], queryFn: () => api.removals.preview(id) })
  return (
    <Loaded query={query} absent={<Absent title={t('removal.noPartner')} />}>
      {({ partner, ends }) => (
        <Page title={t('removal.removeTitle', { partner: partner.name })} above={<TextLink to="/partners">{t('partners.back')}</TextLink>}>
          {ends.length === 0 ? <p>{t('removal.nothing', { partner: partner.name })}</p> : <Removing partner={partner} ends={ends} />}
        </Page>
      )}
    </Loaded>
  )
}

function Removing({ partner, ends }: { partner: { id: string; name: string }; ends: string[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const form = useSending({
    send: () => api.removals.removePartner(partner.id, reason.trim() || undefined),
    done: ({ id }) => void navigate({ to: '/removals/$id', params: { id } }),
    failed: t('oneAccess.notRemoved'),
  })
  return (
    <>
      <Lines title={t('removal.wouldEnd')} lines={ends} />
      <Panel title={t('removal.sure')} tone="care">
        <ErrorSummary problems={form.problems} />
        <form onSubmit={form.submit} noValidate>
          <p>{t('removal.handedOver')}</p>
          <ReasonField
            label={t('oneAccess.whyRemove')}
            description={t('oneAccess.whyRemoveHelp')}
            value={reason}
            onChange={setReason}
            error={form.of('reason')}
          />
          <Button type="submit" color="red" loading={form.sending} mr="sm">
            {t('removal.removeAll', { partner: partner.name })}
          </Button>
          <LinkButton to="/partners" variant="default">
            {t('oneAccess.keep')}
          </LinkButton>
        </form>
      </Panel>
    </>
  )
}
