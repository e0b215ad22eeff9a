// Decline the letters of which one led here. Opening the page changes nothing; its button does, and nobody needs to be signed in.
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { Brand } from '../brand.tsx'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { Outside } from '../ui/outside.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'

const route = getRouteApi('/unsubscribe')

export function UnsubscribePage() {
  const { t } = useTranslation()
  return (
    <Outside brand={<Brand />}>
      <Page title={t('unsubscribe.title')}>
        <Panel>
          <Stop token={route.useSearch().token ?? ''} />
          <p>
            <TextLink to="/me/notifications">{t('unsubscribe.choose')}</TextLink>
          </p>
        </Panel>
      </Page>
    </Outside>
  )
}

function Stop({ token }: { token: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const form = useSending({
    send: () => api.notices.unsubscribe(token),
    done: () => setDone(true),
    failed: t('unsubscribe.failed'),
    leaves: true,
  })
  if (done) return <Note kind="news" title={t('unsubscribe.done')} />
  return (
    <form onSubmit={form.submit}>
      <ErrorSummary problems={form.problems} />
      <p>{t('unsubscribe.says')}</p>
      <Button type="submit" loading={form.sending}>
        {t('unsubscribe.stop')}
      </Button>
    </form>
  )
}
