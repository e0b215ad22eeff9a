// Which roles somebody has: for the whole organization, and at single sites where the portal knows roles at sites.
import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { People, SiteRole } from '../../client/contacts.ts'
import styles from './people.module.css'
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
export function RolesField({ people, value, onChange, error }: RolesFieldProps) {
  const { t } = useTranslation()
  const others = value.roles.filter((role) => !people.roles.some((one) => one.role === role))
  const sites = people.roles.filter(({ atSites }) => atSites)
  const has = ({ role, siteNo }: SiteRole) => value.siteRoles.some((one) => one.role === role && one.siteNo === siteNo)
  const without = ({ role, siteNo }: SiteRole) => value.siteRoles.filter((one) => one.role !== role || one.siteNo !== siteNo)
  const whole = (role: string, on: boolean) =>
    onChange({ ...value, roles: on ? [...value.roles, role] : value.roles.filter((one) => one !== role) })
  return (
    <fieldset className={styles.roles}>
      <legend className={styles.question}>{t('people.which_roles')}</legend>
      {error ? <p className={styles.error}>{error}</p> : null}
      {people.roles.map(({ role, administrator }, index) => (
        <Checkbox
          key={role}
          id={index === 0 ? 'roles' : `roles-${role}`}
          className={styles.role ?? ''}
          label={roleName(role)}
          description={administrator ? t('people.administratorHelp') : undefined}
          checked={value.roles.includes(role)}
          onChange={(event) => whole(role, event.currentTarget.checked)}
        />
      ))}
      {others.map((role) => (
        <Checkbox key={role} className={styles.role ?? ''} label={roleName(role)} checked disabled readOnly />
      ))}
      {sites.length === 0 ? null : (
        <>
          <p className={styles.question}>{t('people.orAtSites')}</p>
          {people.sites.flatMap(({ siteNo, name }) =>
            sites.map(({ role }) => (
              <Checkbox
                key={`${role} ${siteNo}`}
                className={styles.role ?? ''}
                label={t('people.atSite', { role: roleName(role), site: name })}
                disabled={value.roles.includes(role)}
                checked={has({ role, siteNo })}
                onChange={(event) =>
                  onChange({
                    ...value,
                    siteRoles: event.currentTarget.checked ? [...value.siteRoles, { role, siteNo }] : without({ role, siteNo }),
                  })
                }
              />
            )),
          )}
        </>
      )}
    </fieldset>
  )
}
