// What other features ask about organizations inside their own open door.
import type { ReadTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { KnownFirm } from './rules.ts'
import {
  countPeople,
  findOrganization,
  findVendor,
  type Organization,
  type PersonAt,
  partnersOf,
  peopleAt,
  personAtByEmail,
} from './store.ts'

export type { Organization, PersonAt }

/** The organization, or not-found: one that the actor may not know looks like none. */
export async function organizationAt(tx: ReadTx, id: string): Promise<Organization> {
  return (await findOrganization(tx, id)) ?? refuse('not-found', 'There is no such organization, or you cannot see it.')
}

export async function theVendor(tx: ReadTx): Promise<Organization> {
  return (await findVendor(tx)) ?? refuse('not-found', 'The vendor is not recorded on this portal yet.')
}

/** The people of an organization at the instant, by name. */
export const peopleWorkingAt = (tx: ReadTx, organizationId: string): Promise<PersonAt[]> => peopleAt(tx, organizationId)

/** Somebody who works there and has this address, or undefined. */
export const personWorkingAt = (tx: ReadTx, organizationId: string, email: string): Promise<PersonAt | undefined> =>
  personAtByEmail(tx, organizationId, email)

/** The firms that a customer knows, itself first: those that somebody could pass for. */
export async function firmsKnownTo(tx: ReadTx, customerId: string, except: string): Promise<KnownFirm[]> {
  const own = [await findOrganization(tx, customerId), await findVendor(tx)].filter((one) => one !== undefined)
  return [...own, ...(await partnersOf(tx, customerId)).filter(({ id }) => id !== except)]
}

/** How many people work at each of the organizations today. */
export const headCounts = (tx: ReadTx, organizationIds: readonly string[]): Promise<Map<string, number>> => countPeople(tx, organizationIds)

/** The name of an organization where the actor may know it, else null; asked for no organization too, so that both take the same way. */
export async function nameIfKnown(tx: ReadTx, id: string | null): Promise<string | null> {
  return (await findOrganization(tx, id ?? noOrganization))?.name ?? null
}

const noOrganization = '00000000-0000-0000-0000-000000000000'
