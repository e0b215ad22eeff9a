// Which roles somebody has: for the whole organization, and at single sites where the portal knows roles at sites.
import { useTranslation } from 'react-i18next'
import type { People, SiteRole } from '../../client/contacts.ts'
import { Ticks } from '../ui/ticks.tsx'
import { roleName } from './role-words.ts'

export interface Held {
  roles: string[]
  siteRoles: SiteRole[]
}

interface RolesFieldProps {
  people: People
  value: Held
  onChange: (value: Held) => void
  error: string | undefined
}

/** Offers what may be given here, and shows what somebody has beside it, which stays. */
export function RolesField(props: RolesFieldProps) {
  const { people, value, onChange, error } = props
  const { t } = useTranslation()
  const others = value.roles.filter((role) => !people.roles.some((one) => one.role === role))
  const offered = people.roles.map(({ role, administrator }) => ({
    value: role,
    words: roleName(role),
    help: administrator ? t('people.administratorHelp') : undefined,
  }))
  return (
    <>
      <Ticks
        id="roles"
        question={t('people.which_roles')}
        error={error}
        options={[...offered, ...others.map((role) => ({ value: role, words: roleName(role), disabled: true }))]}
        value={value.roles}
        onChange={(roles) => onChange({ ...value, roles })}
      />
      <SiteRoles {...props} />
    </>
  )
}

const keyOf = ({ role, siteNo }: SiteRole): string => `${role} ${siteNo}`

function SiteRoles({ people, value, onChange }: RolesFieldProps) {
  const { t } = useTranslation()
  const offered = people.sites.flatMap(({ siteNo, name }) =>
    people.roles.filter(({ atSites }) => atSites).map(({ role }) => ({ held: { role, siteNo }, site: name })),
  )
  if (offered.length === 0) return null
  return (
    <Ticks
      id="siteRoles"
      question={t('people.orAtSites')}
      options={offered.map(({ held, site }) => ({
        value: keyOf(held),
        words: t('people.atSite', { role: roleName(held.role), site }),
        disabled: value.roles.includes(held.role),
      }))}
      value={value.siteRoles.map(keyOf)}
      onChange={(keys) => {
        const unseen = value.siteRoles.filter((held) => !offered.some((one) => keyOf(one.held) === keyOf(held)))
        onChange({ ...value, siteRoles: [...unseen, ...offered.map(({ held }) => held).filter((held) => keys.includes(keyOf(held)))] })
      }}
    />
  )
}
