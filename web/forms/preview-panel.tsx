// What a choice would let people see and do: how many, who, and what changes from today. Said aloud once when the numbers are there.
import { useTranslation } from 'react-i18next'
import type { Preview } from '../../client/access.ts'
import { Problem } from '../../client/problem.ts'
import { dayText, numberText } from '../dates.ts'
import { Panel } from '../ui/panel.tsx'
import type { Previewed } from './access-form.ts'
import styles from './preview-panel.module.css'

interface PreviewPanelProps {
  title: string
  previewed: Previewed
  /** What to say while nothing can be counted yet. */
  hint: string
  everyoneAt?: string | undefined
}

export function PreviewPanel({ title, previewed, hint, everyoneAt }: PreviewPanelProps) {
  const { preview, counting, error } = previewed
  return (
    <Panel title={title}>
      <Heard previewed={previewed} />
      {preview ? (
        <div className={counting ? styles.dimmed : undefined} aria-busy={counting}>
          <People preview={preview} everyoneAt={everyoneAt} />
          <Numbers preview={preview} />
          <Abilities preview={preview} />
          <Changes preview={preview} />
        </div>
      ) : (
        <p className={styles.hint}>{error ? (error instanceof Problem ? error.detail : String(error.message)) : counting ? '' : hint}</p>
      )}
    </Panel>
  )
}

const wordOf = ({ one, many, total }: Preview['kinds'][number]): string => (total === 1 ? one : many)

function Heard({ previewed: { preview, counting } }: { previewed: Previewed }) {
  const { t } = useTranslation()
  const text =
    preview && !counting
      ? t('preview.heard', {
          people: preview.people.now,
          records: preview.kinds.map((kind) => `${numberText(kind.total)} ${wordOf(kind)}`).join(', '),
          messages: `${numberText(preview.messages)} ${t('preview.messages', { count: preview.messages })}`,
          files: `${numberText(preview.files)} ${t('preview.files', { count: preview.files })}`,
        })
      : ''
  return (
    <>
      <p className="only-heard" aria-live="polite">
        {text}
      </p>
      {counting ? <p className={styles.counting}>{t('preview.counting')}</p> : null}
    </>
  )
}

function People({ preview, everyoneAt }: { preview: Preview; everyoneAt: string | undefined }) {
  const { t } = useTranslation()
  const { now, names } = preview.people
  const more = now - names.length
  return (
    <div className={styles.people}>
      <strong>{t('preview.people', { count: now })}</strong>
      {everyoneAt ? t('preview.andLater', { partner: everyoneAt }) : null}
      <div className={styles.names}>
        {names.join(', ')}
        {more > 0 ? ` ${t('preview.more', { count: more })}` : null}
      </div>
    </div>
  )
}

/** How many records of each kind, and what hangs on them; then the sites and pages by name. */
function Numbers({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const numbers = [
    ...preview.kinds.map((kind) => ({ word: wordOf(kind), is: kind.total })),
    { word: t('preview.messages', { count: preview.messages }), is: preview.messages },
    { word: t('preview.files', { count: preview.files }), is: preview.files },
  ]
  const { sites, pages } = preview
  const more = sites.total - sites.names.length
  return (
    <>
      <dl className={styles.numbers}>
        {numbers.map(({ word, is }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{numberText(is)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.names}>
        {preview.records.total > 0
          ? t('preview.openClosed', { open: numberText(preview.records.open), closed: numberText(preview.records.closed) })
          : t('preview.nothingYet')}
      </p>
      {sites.total > 0 ? (
        <p className={styles.names}>
          {t('preview.sites', { count: sites.total, names: sites.names.join(', ') })}
          {more > 0 ? ` ${t('preview.more', { count: more })}` : null}
        </p>
      ) : null}
      {pages.length > 0 ? <p className={styles.names}>{t('preview.pages', { count: pages.length, names: pages.join(', ') })}</p> : null}
    </>
  )
}

function Abilities({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  return (
    <table className={styles.abilities}>
      <caption className="only-heard">{t('preview.may')}</caption>
      <tbody>
        {preview.abilities.map(({ action, words, yes, number }) => (
          <tr key={action}>
            <th scope="row">{words}</th>
            <td className={yes ? styles.yes : styles.no}>
              <YesOrNo yes={yes} number={number} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function YesOrNo({ yes, number }: { yes: boolean; number: number | null }) {
  const { t } = useTranslation()
  if (!yes) return t('preview.no')
  if (number === null) return t('preview.yes')
  return number === 0 ? t('preview.yesLater') : t('preview.yesNumber', { number: numberText(number) })
}

function Changes({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const { existing, changes } = preview
  if (!existing && changes.words.length === 0) return null
  return (
    <div className={styles.changes}>
      <h3>{t('preview.changes')}</h3>
      {existing ? <p>{t('preview.already', { level: existing.gives, day: dayText(existing.endsOn) })}</p> : null}
      <ul>
        {changes.words.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </div>
  )
}
