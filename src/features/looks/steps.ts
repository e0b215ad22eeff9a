// Who is met in a look: the person, or anybody at the partner, as they stand at this instant at the customer of whoever looks.
import type { ReadTx } from '../../context/context.ts'
import { asId, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import type { KeptLook, Look, PersonActor } from '../../law/actors.ts'
import type { CustomerFact } from '../../law/facts.ts'
import { standing } from '../../law/grants-in-force.ts'
import { readsEvery, rolesOfEverybody } from '../../law/whole.ts'
import { actingPerson } from '../people/steps.ts'
import { standingOrganization } from './store.ts'

type Met = Pick<PersonActor, 'personId' | 'name' | 'organizationId' | 'organizationName' | 'side' | 'roles'>

/**
 * The actor through whose eyes the look is, in an open door of whoever looks that was asked about managing access to their own customer; undefined
 * where it is over: its time, the partner, the person's place there, or their access to the customer. Whatever they have is asked by the law as ever.
 */
export async function lookingAs(tx: ReadTx, kept: KeptLook): Promise<PersonActor | undefined> {
  const customer = tx.facts.thing?.customer
  if (!customer || kept.until <= tx.now) return undefined
  const met = kept.personId === null ? await anybodyAt(tx, kept) : await personAt(tx, kept, kept.personId, customer.id)
  if (!met) return undefined
  const by = actingPerson(tx)
  return { kind: 'person', ...met, email: '', sessionId: by.sessionId, focus: customer.id, look: lookOf(tx, kept, by, customer) }
}

function lookOf({ law, facts }: ReadTx, { id, personId, since, until }: KeptLook, by: PersonActor, customer: CustomerFact): Look {
  return {
    id,
    by,
    customer: { id: customer.id, name: customer.name, number: customer.number },
    personId: personId === null ? null : asId(personId),
    kinds: [...law.kinds.keys()].filter((kind) => readsEvery(law, kind, facts)),
    since,
    until,
  }
}

/** Nobody in particular: the look's own id, which is no person's, stands for them. */
async function anybodyAt(tx: ReadTx, { id, partnerId }: KeptLook): Promise<Met | undefined> {
  const partner = await standingOrganization(tx, partnerId)
  if (partner?.side !== 'partner') return undefined
  const home = { organizationId: partner.id, organizationName: partner.name, side: partner.side }
  return { personId: asId<PersonId>(id), name: partner.name, ...home, roles: rolesOfEverybody(tx.law) }
}

/** Somebody who works there now and whom an access to the customer reaches: nobody else stands in the list of named people. */
async function personAt(tx: ReadTx, { partnerId }: KeptLook, personId: string, customerId: OrganizationId): Promise<Met | undefined> {
  const { facts } = await tx.canThey(personId, 'access:read', { kind: 'customer', id: customerId })
  const { subject } = facts
  if (!subject?.personId || subject.organizationId !== partnerId || standing(facts).used.length === 0) return undefined
  const { name, organizationName, side, roles } = subject
  return { personId: subject.personId, name, organizationId: subject.organizationId, organizationName, side, roles }
}
