// The roles that memberships give at single sites: taken away and written anew where a line says otherwise.
import type { WriteTx } from '../../context/context.ts'
import { findThings } from './find-things.ts'
import { siteRoleReferences } from './home-roles.ts'
import { addSiteRoles, takeSiteRoles } from './people-store.ts'
import { type Key, noteChanges, type Run } from './places-store.ts'
import { siteReference } from './site-lines.ts'
import type { OrganizationReference } from './world-lines.ts'

interface SavedMembership {
  readonly id: string
  /** The membership is new, and has no site roles yet. */
  readonly fresh: boolean
  readonly home: OrganizationReference
  readonly siteRoles: readonly { readonly role: string; readonly site: string }[]
}

/** Sites are looked up here: a line that leaves its site roles out keeps those that stand, to which it does not refer. */
export async function saveSiteRoles(tx: WriteTx, run: Run, memberships: readonly SavedMembership[]): Promise<void> {
  const sites = await findThings(
    tx,
    memberships.flatMap(({ siteRoles, home }) => siteRoleReferences(siteRoles, home)),
  )
  const values = memberships.flatMap(({ id, home, siteRoles }) =>
    siteRoles.map(({ role, site }) => {
      const reference = siteReference('customer' in home ? home.customer : '', site, '')
      return { membership_id: id, role, site_no: Number(sites.get(reference).id) }
    }),
  )
  const standing = memberships.filter(({ fresh }) => !fresh).map(({ id }) => id)
  const taken = standing.length > 0 ? await takeSiteRoles(tx, standing) : []
  if (values.length > 0) await addSiteRoles(tx, values)
  const before = new Map(taken.map((row) => [keyOf(row), row]))
  const keys = [...new Set([...before.keys(), ...values.map(keyOf)])].map((key) => JSON.parse(key) as Key)
  await noteChanges(tx, run, 'membership_sites', keys, before)
}

const keyOf = ({ membership_id, role, site_no }: { membership_id: string; role: string; site_no: number }) =>
  JSON.stringify([membership_id, role, site_no])
