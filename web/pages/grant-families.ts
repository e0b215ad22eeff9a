// Accesses put together as people think of them: everyone's at a firm, and below it the personal ones that replace it.
import type { Grant } from '../../client/access.ts'

export interface Family {
  grant: Grant
  below: Grant[]
  /** It stands below another one and replaces it for one person. */
  nested: boolean
}

export function belowOf(family: Family): Family[] {
  return family.below.map((grant) => ({ grant, below: [], nested: true }))
}

/** One family for each everyone-grant with its personal ones; personal ones without one above stand alone. Ended ones never stand below. */
export function familiesOf(grants: Grant[]): Family[] {
  const standing = new Map<string, Family>()
  const families: Family[] = []
  const pair = (grant: Grant) => `${grant.customer.id} ${grant.partner.id}`
  for (const grant of grants.filter((one) => one.person === null)) {
    const family = { grant, below: [], nested: false }
    families.push(family)
    if (counts(grant) && !grant.group) standing.set(pair(grant), family)
  }
  for (const grant of grants.filter((one) => one.person !== null)) {
    const above = counts(grant) ? standing.get(pair(grant)) : undefined
    if (above) above.below.push(grant)
    else families.push({ grant, below: [], nested: false })
  }
  return families
}

function counts(grant: Grant): boolean {
  return grant.state === 'active' || grant.state === 'ending'
}
