// What a removal ends, written down before it ends, and its receipt kept: for one access alone, and for everything of a partner.

import type { ReadTx, WriteTx } from '../../context/context.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { accessWords } from '../grants/access-rules.ts'
import { endsOn, type Grant, granteeWords, stands } from '../grants/rules.ts'
import { groupsMadeFor, membersOfGroups } from '../groups/steps.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { type Organization, peopleWorkingAt } from '../organizations/steps.ts'
import { type Ended, type NamedOnRecord, namedDifference, namedSentences, type Removal, removalNumber, undoUntil } from './rules.ts'
import { addRemoval, namedOnRecords } from './store.ts'

export interface Kept {
  readonly id: string
  readonly number: string
  readonly undoUntil: Removal['removedAt']
}

/** The grants, and the groups that end with them. */
export async function endingWith(tx: ReadTx, customer: Organization, partner: Organization, grants: readonly Grant[]): Promise<Ended[]> {
  const made = (await groupsMadeFor(tx, customer.id, partner.id)).filter(({ endedAt }) => endedAt === null)
  const groups = made.filter(({ id }) => grants.some(({ group }) => group?.id === id))
  const members = await membersOfGroups(
    tx,
    groups.map(({ id }) => id),
  )
  return [
    ...grants.filter((grant) => stands(grant, tx.now)).map((grant): Ended => ({ what: 'grant', id: grant.id, says: grantSays(tx, grant) })),
    ...groups.map(({ id, name, gives }): Ended => {
      const names = (members.get(id) ?? []).map((member) => member.name)
      return {
        what: 'group',
        id,
        gives: gives ?? '',
        says: `The group “${name}” of ${partner.name}, with ${names.length === 0 ? 'nobody in it' : names.join(', ')}.`,
      }
    }),
  ]
}

const grantSays = ({ law }: ReadTx, grant: Grant): string => {
  const who = granteeWords(grant)
  return `${who.charAt(0).toUpperCase()}${who.slice(1)}: ${accessWords(law, grant)} until ${dayInWords(endsOn(grant))} (A-${grant.number}).`
}

/** Who of the partner, and whether the acting person (who takes over), is named on which of the customer's records. */
export async function namedNow(tx: ReadTx, customer: Organization, partner: Organization): Promise<NamedOnRecord[]> {
  const people = (await peopleWorkingAt(tx, partner.id)).map(({ id }) => id)
  const me = personOf(tx.actor)
  return namedOnRecords(tx, customer.customerNo ?? -1, me === null ? people : [...people, me])
}

export interface Removing {
  readonly customer: Organization
  readonly partner: Organization
  readonly grantId: string | null
  readonly reason: string | null
  /** What ended besides the names on records. */
  readonly ended: readonly Ended[]
  /** Who was named before it. */
  readonly named: readonly NamedOnRecord[]
  readonly left: readonly string[]
}

/** The names that went, as one part of what ended; none where nobody was named. */
async function namesEnded(tx: ReadTx, { customer, partner, named }: Pick<Removing, 'customer' | 'partner' | 'named'>): Promise<Ended[]> {
  const { gone, come } = namedDifference(named, await namedNow(tx, customer, partner))
  if (gone.length === 0 && come.length === 0) return []
  const people = new Set((await peopleWorkingAt(tx, partner.id)).map(({ id }) => id as string))
  return [{ what: 'named', gone, come, says: namedSentences(gone, (id) => people.has(id)).join(' ') }]
}

/** Keeps the receipt. */
export async function keepRemoval(tx: WriteTx, removing: Removing): Promise<Kept & { readonly ended: readonly Ended[] }> {
  const { customer, partner, grantId, reason, left } = removing
  const ended = [...removing.ended, ...(await namesEnded(tx, removing))]
  const added = await addRemoval(tx, {
    customerId: customer.id,
    partnerId: partner.id,
    grantId,
    by: personOf(tx.actor),
    reason,
    ended,
    left,
  })
  return { id: added.id, number: removalNumber(added.number), undoUntil: undoUntil({ removedAt: tx.now }), ended }
}
