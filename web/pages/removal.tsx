// The receipt of a removal: what ended, what is left, and for ten minutes the way back.
import { Button } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Removal } from '../../client/ways-out.ts'
import { api } from '../api.ts'
import { momentText, timeText } from '../dates.ts'
import { sayDone } from '../ui/done-note.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { Absent } from './not-found.tsx'

const route = getRouteApi('/inside/removals/$id')

const removalQuery = (id: string) =>
  queryOptions({ queryKey: ['removal', id], queryFn: () => api.removals.read(id), refetchInterval: 60_000 })

export function RemovalPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(removalQuery(id))
  return (
    <Loaded query={query} absent={<Absent title={t('removal.absent')} />}>
      {(removal) => <Receipt removal={removal} />}
    </Loaded>
  )
}

function Receipt({ removal }: { removal: Removal }) {
  const { t } = useTranslation()
  const { partner, removedBy, removedAt, reason, ended, left, undone } = removal
  return (
    <Page
      title={t(removal.grantId ? 'removal.titleOne' : 'removal.titleAll', { partner: partner.name })}
      above={<TextLink to="/partners">{t('partners.back')}</TextLink>}
      lead={t('removal.lead', { number: removal.number, by: removedBy ?? '', when: momentText(removedAt) })}
    >
      {reason ? <Note kind="news">{reason}</Note> : null}
      <Undo removal={removal} />
      {undone ? <Lines title={t('removal.undone', { by: undone.by ?? '', when: momentText(undone.at) })} lines={undone.cameBack} /> : null}
      <Lines title={t('removal.ended')} lines={ended.map(({ says }) => says)} />
      <Lines title={t(undone ? 'removal.leftThen' : 'removal.left')} lines={left} />
      <p>{t('removal.copies')}</p>
    </Page>
  )
}

export function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <Panel title={title}>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Panel>
  )
}

export function Undo({ removal }: { removal: Removal }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.removals.undo(removal.id),
    done: () => sayDone(t('removal.didUndo')),
    failed: t('removal.notUndone'),
  })
  if (!removal.abilities.undo) return null
  return (
    <Note kind="news" title={t('removal.undoUntil', { time: timeText(removal.undoUntil) })}>
      <ErrorSummary problems={form.problems} />
      <p>{t('removal.undoWords')}</p>
      <Button mt="xs" loading={form.sending} onClick={() => form.submit()}>
        {t('removal.undo')}
      </Button>
    </Note>
  )
}
