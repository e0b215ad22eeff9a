// A thing as the subject meets it: the facts, put as what row expressions ask.
import type { OrganizationId } from '../kernel/ids.ts'
import type { Attributes, RowView } from '../rows/holds.ts'
import { type Facts, type GrantFact, type SubjectFact, siteOf, type ThingFact } from './facts.ts'
import { givenBy } from './grants-in-force.ts'
import { customersType, keyRole, type Law } from './law.ts'

/** @param used the grants that decide */
export function viewOf(law: Law, facts: Facts, used: readonly GrantFact[]): RowView {
  const { subject, thing, asked } = facts
  const record = thing?.record ?? null
  const alike = ({ partnerId }: { readonly partnerId: OrganizationId }) => partnerId !== subject?.organizationId
  return {
    gives: givenByAll(law, used, facts),
    granted: used.length > 0,
    homeRoles: homeRolesOn(law, subject, thing),
    relations: record?.relations ?? none,
    state: record?.state ?? null,
    type: typeOf(subject),
    switches: subject?.switches ?? none,
    assigned: record === null ? none : record.partners.map((one) => ({ relation: one.relation, alike: alike(one) })),
    related: thing === null ? none : thing.related.map((one) => ({ relation: one.relation, through: one.through, alike: alike(one) })),
    customer: !thing?.customer ? 'none' : thing.customer.suspended ? 'suspended' : 'standing',
    reference: record?.reference ?? 'none',
    record: withAsked(record?.attributes, asked.resource),
    person: withAsked(subject?.attributes, asked.subject),
    action: asked.action,
  }
}

const none: readonly never[] = []
const nothing: Attributes = {}

/** What a trusted caller says goes before what is stored. */
function withAsked(stored: Attributes | undefined, asked: Attributes): Attributes {
  return Object.keys(asked).length === 0 ? (stored ?? nothing) : { ...stored, ...asked }
}

function givenByAll(law: Law, used: readonly GrantFact[], facts: Facts): readonly string[] {
  const [only, ...others] = used
  if (only === undefined) return none
  if (others.length === 0) return givenBy(law, only, facts)
  return [...new Set(used.flatMap((grant) => givenBy(law, grant, facts)))]
}

/** What sort of user somebody is: a partner's type, `customers` for the people of a customer, or null; a person of a suspended organization is of none. */
export function typeOf(subject: SubjectFact | null): string | null {
  if (!subject || subject.suspended || subject.personId === null) return null
  return subject.side === 'customer' ? customersType : subject.side === 'partner' ? subject.partnerType : null
}

/**
 * The roles that count for somebody: those of their own side. A role that a newer definition knows on another side, or not any more, gives nothing.
 * Keys ask in the role of keys.
 */
export function rolesOf(law: Law, { personId, side, roles }: SubjectFact): string[] {
  return roles.filter((role) => (role === keyRole ? personId === null : law.homeRoles.get(role)?.side === side))
}

/** The roles of the whole organization where the thing is its own, and those at the record's site. */
function homeRolesOn(law: Law, subject: SubjectFact | null, thing: ThingFact | null): string[] {
  if (!subject || subject.suspended || !thing) return []
  if (thing.on.kind === 'portal') return rolesOf(law, subject)
  const own = subject.organizationId
  if (!thing.owners.some((owner) => owner === own)) return []
  const siteNo = siteOf(thing)
  const here = subject.siteRoles.filter((held) => held.siteNo === siteNo && isHeldAtSites(law, held.role, subject))
  return [...rolesOf(law, subject), ...here.map(({ role }) => role)]
}

function isHeldAtSites(law: Law, name: string, { side }: SubjectFact): boolean {
  const role = law.homeRoles.get(name)
  return role?.side === side && role.scopes.includes('sites')
}
