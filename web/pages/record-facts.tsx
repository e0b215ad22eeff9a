// What stands on a record that nobody writes on, such as an invoice: its details, and what one may do with it.
import { useTranslation } from 'react-i18next'
import type { OneRecord } from '../../client/records.ts'
import { numberText } from '../dates.ts'
import { capital, kindShown } from '../i18n.ts'
import { Facts } from '../ui/facts.tsx'
import { Panel } from '../ui/panel.tsx'
import { usePortal } from '../who-is-here.ts'

/** Whether people write on records of the kind that is shown: with messages, files and contacts. */
export function useTalkedOn(): boolean {
  return usePortal().records[kindShown()]?.actions['reply'] !== undefined
}

export function RecordFacts({ record }: { record: OneRecord }) {
  const { t } = useTranslation()
  const actions = Object.entries(usePortal().records[kindShown()]?.actions ?? {})
  // That one may read it, one sees.
  const may = actions.filter(([action]) => action !== 'read' && record.abilities[action]).map(([, words]) => words)
  const stored = Object.entries(record.attributes).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  if (stored.length + may.length === 0) return null
  return (
    <Panel title={t('oneRequest.details')}>
      <Facts
        facts={[
          ...stored.map(([name, value]) => ({
            word: capital(name.replaceAll('_', ' ')),
            is: typeof value === 'number' ? numberText(value) : `${value}`,
          })),
          may.length > 0 && { word: t('oneRequest.youMay'), is: may.join(', ') },
        ]}
      />
    </Panel>
  )
}
