// What a page shows while its facts are on the way, when they did not come, and when they are here.
import { Button, Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../client/problem.ts'
import { Note } from './note.tsx'
import { Page } from './page.tsx'

interface LoadedProps<T> {
  query: UseQueryResult<T>
  /** The page when there is no such thing, or one may not see it: the same words for both. */
  absent?: ReactNode
  children: (value: T) => ReactNode
}

export function Loaded<T>({ query, absent, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error && absent && isAbsent(query.error)) return absent
  if (query.error) return <LoadProblem error={query.error} retry={() => query.refetch()} />
  return <Waiting />
}

export function LoadProblem({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation()
  const ref = error instanceof Problem ? error.ref : undefined
  // Most refusals say themselves that nothing was changed.
  const said = error instanceof Problem ? error.detail : t('ui.unknown')
  return (
    <Note kind="bad" title={t('ui.notLoaded')}>
      <p>{said.includes(t('ui.nothingWasChanged')) ? said : `${said} ${t('ui.nothingWasChanged')}`}</p>
      {ref ? <p>{t('ui.reference', { ref })}</p> : null}
      <Button variant="default" mt="xs" onClick={retry}>
        {t('ui.loadAgain')}
      </Button>
    </Note>
  )
}

/** A page that could not be shown at all. */
export function ProblemPage({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation()
  return (
    <Page title={t('ui.notShown')}>
      <LoadProblem error={error} retry={retry} />
    </Page>
  )
}

export function Waiting() {
  const { t } = useTranslation()
  return (
    <div aria-busy>
      <span className="only-heard" role="status">
        {t('ui.loading')}
      </span>
      <Skeleton height={28} width="40%" mb="lg" />
      <Skeleton height={16} mb="sm" />
      <Skeleton height={16} mb="sm" />
      <Skeleton height={16} width="70%" />
    </div>
  )
}

function isAbsent(error: Error): boolean {
  return error instanceof Problem && (error.code === 'not-found' || error.status === 404)
}
