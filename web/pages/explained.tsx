// The answer to "can they do that?": yes or no, until when, and why, a sentence for each step.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../client/portal.ts'
import { api } from '../api.ts'
import { isDay, lastDayOf, momentText } from '../dates.ts'
import { kindShown } from '../i18n.ts'
import { Chip } from '../ui/chip.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Panel } from '../ui/panel.tsx'
import { useMe } from '../who-is-here.ts'
import { ApiCall } from './api-call.tsx'
import styles from './explained.module.css'

interface ExplainedProps {
  person: string
  action: string
  /** A number as people know it, such as SR-10482. */
  number: string
  /** As of noon of that day; else now. */
  day: string | undefined
}

/** What is asked about, as of a day: its noon, so that whatever ended on the day before is over, wherever one is. */
export const momentOn = (day: string | undefined): { at?: string } => (day && isDay(day) ? { at: `${day}T12:00:00Z` } : {})

/** The record of this number, if one may see it. */
export async function recordNumbered(number: string): Promise<{ id: string } | undefined> {
  const found = await api.records.list(kindShown(), { q: number, limit: 10 })
  return found.items.find((row) => row.number.toLowerCase() === number.toLowerCase())
}

async function ask({ person, action, number, day }: ExplainedProps) {
  const record = await recordNumbered(number)
  if (!record) return null
  const question = { person, action, record: { kind: kindShown(), id: record.id }, ...momentOn(day) }
  return { question, explanation: await api.questions.explain(question) }
}

export function Explained(props: ExplainedProps) {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['explained', props], queryFn: () => ask(props) })
  return (
    <div role="status">
      <Loaded query={query}>
        {(found) =>
          found ? (
            <Answer found={found.explanation} question={found.question} past={props.day !== undefined} />
          ) : (
            <Panel title={t('who.absent', { number: props.number })}>{t('absent.words')}</Panel>
          )
        }
      </Loaded>
    </div>
  )
}

function Answer({ found, question, past }: { found: Explanation; question: unknown; past: boolean }) {
  const { t } = useTranslation()
  const zone = useMe().organization.timeZone
  const until = found.until ? t('who.until', { day: lastDayOf(found.until, zone) }) : ''
  return (
    <Panel
      title={found.decision ? t('who.yes', { until }) : t('who.no')}
      actions={<Chip tone={found.decision ? 'good' : 'bad'}>{t(found.decision ? 'preview.yes' : 'preview.no')}</Chip>}
    >
      <ol className={styles.steps}>
        {found.sentences.map((sentence) => (
          <li key={sentence.text}>
            {sentence.text} <About about={sentence.about} />
          </li>
        ))}
      </ol>
      {found.nearest ? <p className={styles.nearest}>{t('who.nearest', { level: found.nearest.name })}</p> : null}
      {past ? <p className={styles.nearest}>{t('who.asOfThen', { moment: momentText(found.at) })}</p> : null}
      <ApiCall path="/api/v1/explanations" body={question} />
    </Panel>
  )
}

export function About({ about }: { about: { kind: string; id: string } | undefined }) {
  const { t } = useTranslation()
  if (about?.kind === 'grant') {
    return (
      <TextLink to="/access/$id" params={{ id: about.id }}>
        {t('who.seeAccess')}
      </TextLink>
    )
  }
  if (about?.kind === 'record' || about?.kind === kindShown()) {
    return (
      <TextLink to="/requests/$id" params={{ id: about.id }}>
        {t('who.seeRequest')}
      </TextLink>
    )
  }
  return null
}
