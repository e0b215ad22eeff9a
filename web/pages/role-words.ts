// What somebody may do in their own organization, as people read it.
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../client/contacts.ts'
import { capital } from '../i18n.ts'

/** A role's name: the portal's own word for it. */
export const roleName = (role: string): string => capital(role.replaceAll('_', ' '))

/** Every role, those at single sites with their sites. */
export function useHeldWords(): (contact: Pick<Contact, 'roles' | 'siteRoles'>) => string {
  const { t } = useTranslation()
  return ({ roles, siteRoles }) => {
    const atSites = siteRoles.map(({ role, site }) => t('people.atSite', { role: roleName(role), site }))
    return [...roles.map(roleName), ...atSites].join(', ') || t('people.nothing')
  }
}
