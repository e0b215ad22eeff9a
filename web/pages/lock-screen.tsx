// An address that locks the screen to one customer, for a bookmark or a letter. Nothing of anybody else is shown on the way, and whoever only fetches it locks nothing.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../client/problem.ts'
import { api } from '../api.ts'
import { Brand } from '../brand.tsx'
import { startAnew } from '../start-anew.ts'
import { TextLink } from '../ui/links.tsx'
import { Waiting } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { Outside } from '../ui/outside.tsx'
import { Page } from '../ui/page.tsx'

const route = getRouteApi('/focus/$org')

/** Asked by the page's own script, so that a link alone does nothing; one that is locked to the same customer stays so. */
async function lockTo(customerId: string): Promise<boolean> {
  const { customer } = await api.focus.read()
  if (customer?.id !== customerId) await api.focus.set(customerId)
  startAnew()
  return true
}

export function LockScreenPage() {
  const { t } = useTranslation()
  const { org } = route.useParams()
  const locking = useQuery({
    queryKey: ['lock', org],
    queryFn: () => lockTo(org),
    retry: false,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  return (
    <Outside brand={<Brand />}>
      <Page title={t('focus.locking')}>
        {locking.error ? (
          <Note kind="bad" title={t('focus.notLocked')}>
            <p>{locking.error instanceof Problem ? locking.error.detail : t('ui.unknown')}</p>
            <p>
              <TextLink to="/">{t('focus.home')}</TextLink>
            </p>
          </Note>
        ) : (
          <Waiting />
        )}
      </Page>
    </Outside>
  )
}
