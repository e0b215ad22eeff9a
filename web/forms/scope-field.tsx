// What it covers: the whole company, or only some sites or records, where everything that is given may be given so narrowly.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AccessScope, Named } from '../../client/access.ts'
import { sitesQuery, sitesToNameQuery } from '../queries.ts'
import { Choice, type Option } from '../ui/choice.tsx'
import { Ticks } from '../ui/ticks.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import { type ChosenAccess, type ChosenScope, narrowScopes, wholeCompany } from './chosen-access.ts'
import { RecordPicker } from './record-picker.tsx'

interface ScopeFieldProps {
  id?: string
  access: ChosenAccess
  value: ChosenScope
  onChange: (scope: ChosenScope) => void
  error?: string | undefined
  /** The customer that one asks; left out: one's own company. */
  customer?: Named | undefined
  /** What was asked for: an answer chooses among that. */
  within?: AccessScope
}

/** Nothing is shown where there is nothing to choose; a narrower choice that does not fit any more says so instead of turning wide. */
export function ScopeField(props: ScopeFieldProps) {
  const { id = 'scope', access, value, onChange, error, customer, within } = props
  const { t } = useTranslation()
  const own = useMe().organization.name
  const allowed = narrowScopes(usePortal(), access).filter((kind) => !within || within.kind === 'all' || within.kind === kind)
  const sites = useSites(props, allowed.includes('sites') || value.kind === 'sites')
  const offered = allowed.filter((kind) => kind !== 'sites' || sites.length > 0)
  if (offered.length === 0 && value.kind === 'all') return null
  const whole = { value: 'all', words: t('scope.all', { company: customer?.name ?? own }) }
  const options: Option[] = [
    ...(within && within.kind !== 'all' ? [] : [whole]),
    ...(['sites', 'records'] as const)
      .filter((kind) => offered.includes(kind) || value.kind === kind)
      .map((kind) => ({ value: kind, words: t(`scope.${kind}`), disabled: !offered.includes(kind) })),
  ]
  const unfit = value.kind !== 'all' && !allowed.includes(value.kind)
  return (
    <Choice
      id={id}
      question={t('scope.question')}
      options={options}
      value={value.kind}
      onChange={(kind) => onChange({ ...value, kind: kind as ChosenScope['kind'] })}
      error={unfit ? t('scope.unfit') : error}
    >
      {value.kind === 'sites' ? (
        <Ticks
          id={`${id}-which`}
          question={t('scope.whichSites')}
          options={sites.map(({ siteNo, name }) => ({ value: `${siteNo}`, words: name }))}
          value={value.sites.map(String)}
          onChange={(chosen) => onChange({ ...wholeCompany, kind: 'sites', sites: chosen.map(Number) })}
        />
      ) : null}
      {value.kind === 'records' ? <Records {...props} id={id} /> : null}
    </Choice>
  )
}

/** One's own sites, those of a customer that one may know of, or those that were asked for. */
function useSites({ customer, within }: ScopeFieldProps, enabled: boolean): { siteNo: number; name: string }[] {
  const asked = within?.kind === 'sites' ? within.sites : undefined
  const own = useQuery({ ...sitesQuery, enabled: enabled && !customer && !asked }).data?.items
  const named = useQuery({ ...sitesToNameQuery(customer?.id ?? ''), enabled: enabled && customer !== undefined }).data?.items
  return asked ?? (customer ? named : own) ?? []
}

function Records({ id, value, onChange, customer, within }: ScopeFieldProps) {
  const { t } = useTranslation()
  const pick = (records: ChosenScope['records']) => onChange({ ...wholeCompany, kind: 'records', records })
  if (within?.kind !== 'records') return <RecordPicker picked={value.records} onPick={pick} customerId={customer?.id} />
  const key = (one: ChosenScope['records'][number]) => `${one.kind} ${one.id}`
  return (
    <Ticks
      id={`${id}-which`}
      question={t('scope.whichRecords')}
      options={within.records.map((one) => ({ value: key(one), words: one.number }))}
      value={value.records.map(key)}
      onChange={(chosen) => pick(within.records.filter((one) => chosen.includes(key(one))))}
    />
  )
}
