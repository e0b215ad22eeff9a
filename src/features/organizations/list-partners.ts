// The partners that a customer may give access to, and who works there.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeOf } from './actor-rules.ts'
import { type PersonAt, partnersOf, peopleAt } from './store.ts'

export interface PartnerView {
  readonly id: string
  readonly name: string
  readonly emailDomain: string | null
  readonly peopleCount: number
  readonly relationship: true
  /** The partner of record: a label, which gives nothing (MI-001). */
  readonly ofRecord: boolean
}

/** By name. A partner that never had to do with the customer cannot be found here: it asks first. */
export function listPartners(ctx: Context): Promise<PartnerView[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:give', { kind: 'customer', id: home }, async (tx) =>
    (await partnersOf(tx, home)).map(({ id, name, emailDomain, peopleCount, ofRecord }) => ({
      id,
      name,
      emailDomain,
      peopleCount,
      relationship: true,
      ofRecord,
    })),
  )
}

/** The people of such a partner today, by name. */
export function listPartnerPeople(ctx: Context, input: { partnerId: string }): Promise<PersonAt[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:give', { kind: 'customer', id: home }, async (tx) => {
    const known = (await partnersOf(tx, home)).some(({ id }) => id === input.partnerId)
    return known ? peopleAt(tx, input.partnerId) : refuse('not-found', 'There is no such organization, or you cannot see it.')
  })
}

/** The people of one's own organization, by name: those for whom access can be asked. */
export function listColleagues(ctx: Context): Promise<PersonAt[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access_request:ask_for_people', { kind: 'partner', id: home }, (tx) => peopleAt(tx, home))
}
