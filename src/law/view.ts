// A thing as the subject meets it: the facts, put as what row expressions ask.
import type { RowView } from '../rows/holds.ts'
import type { Facts, GrantFact, SubjectFact, ThingFact } from './facts.ts'
import { givenBy } from './grants-in-force.ts'
import { customersType, type Law } from './law.ts'

/** @param used the grants that decide */
export function viewOf(law: Law, facts: Facts, used: readonly GrantFact[]): RowView {
  const { subject, thing, asked } = facts
  const record = thing?.record ?? null
  return {
    gives: [...new Set(used.flatMap((grant) => givenBy(law, grant, facts)))],
    granted: used.length > 0,
    homeRoles: homeRolesOn(law, subject, thing),
    relations: record?.relations ?? [],
    state: record?.state ?? null,
    type: typeOf(subject),
    switches: subject?.switches ?? [],
    assigned: (record?.partners ?? []).map(({ relation, partnerId }) => ({ relation, alike: partnerId !== subject?.organizationId })),
    related: (thing?.related ?? []).map(({ relation, through, partnerId }) => ({
      relation,
      through,
      alike: partnerId !== subject?.organizationId,
    })),
    customer: !thing?.customer ? 'none' : thing.customer.suspended ? 'suspended' : 'standing',
    reference: record?.reference ?? 'none',
    record: { ...record?.attributes, ...asked.resource },
    person: { ...subject?.attributes, ...asked.subject },
    action: asked.action,
  }
}

/** What sort of user somebody is: a partner's type, `customers` for the people of a customer, or null; a person of a suspended organization is of none. */
export function typeOf(subject: SubjectFact | null): string | null {
  if (!subject || subject.suspended || subject.personId === null) return null
  return subject.side === 'customer' ? customersType : subject.side === 'partner' ? subject.partnerType : null
}

/** The roles of the whole organization where the thing is its own, and those at the record's site. */
function homeRolesOn(law: Law, subject: SubjectFact | null, thing: ThingFact | null): string[] {
  if (!subject || subject.suspended || !thing) return []
  if (thing.on.kind === 'portal') return [...subject.roles]
  const own = subject.organizationId
  if (own === null || !thing.owners.includes(own)) return []
  const siteNo = thing.record?.siteNo ?? null
  const here = subject.siteRoles.filter((held) => held.siteNo === siteNo && law.homeRoles.get(held.role)?.scopes.includes('sites'))
  return [...subject.roles, ...here.map(({ role }) => role)]
}
