// What it covers: the whole company, or only some sites or records, where everything that is given may be given so narrowly.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sitesQuery } from '../queries.ts'
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
}

/** Nothing is shown where there is nothing to choose; a narrower choice that does not fit any more says so instead of turning wide. */
export function ScopeField({ id = 'scope', access, value, onChange, error }: ScopeFieldProps) {
  const { t } = useTranslation()
  const company = useMe().organization.name
  const allowed = narrowScopes(usePortal(), access)
  const sites = useQuery({ ...sitesQuery, enabled: allowed.includes('sites') || value.kind === 'sites' }).data?.items ?? []
  const offered = allowed.filter((scope) => scope !== 'sites' || sites.length > 0)
  if (offered.length === 0 && value.kind === 'all') return null
  const options: Option[] = [
    { value: 'all', words: t('scope.all', { company }) },
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
          id={`${id}-sites`}
          question={t('scope.whichSites')}
          options={sites.map(({ siteNo, name }) => ({ value: `${siteNo}`, words: name }))}
          value={value.sites.map(String)}
          onChange={(chosen) => onChange({ ...wholeCompany, kind: 'sites', sites: chosen.map(Number) })}
        />
      ) : null}
      {value.kind === 'records' ? (
        <RecordPicker picked={value.records} onPick={(records) => onChange({ ...wholeCompany, kind: 'records', records })} />
      ) : null}
    </Choice>
  )
}
