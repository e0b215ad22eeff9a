// Who is told of a removal and of its undoing, and of how much: a colleague's access is for the partner's administrators to know, and for nobody else.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Letter } from '../../context/post.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { reachedByGrant } from '../grants/letter-steps.ts'
import { heldBy, heldWords } from '../grants/preview-rules.ts'
import { holdingsInForce, standingGrants } from '../grants/preview-steps.ts'
import { type Grant, rolesThatMay } from '../grants/rules.ts'
import { nameOf } from '../organizations/actor-rules.ts'
import { type Organization, peopleWorkingAt } from '../organizations/steps.ts'
import { removedForOneLetter, removedLetter, undoneForOneLetter, undoneLetter } from './letters.ts'

interface Two {
  readonly customer: Organization
  readonly partner: Organization
}

/** Everybody whom the grants reach today, each once. */
export async function holdersOf(tx: ReadTx, grants: readonly Grant[]): Promise<PersonId[]> {
  const people = new Set<PersonId>()
  for (const grant of grants) {
    const reached = (await reachedByGrant(tx, grant)) ?? (await peopleWorkingAt(tx, grant.partner.id))
    for (const { id } of reached) people.add(id)
  }
  return [...people]
}

type Content = Pick<Letter, 'subject' | 'text' | 'html'>

export async function tellRemoved(
  tx: WriteTx,
  told: Two & {
    readonly holders: readonly PersonId[]
    readonly reason: string | null
    readonly ended: readonly string[]
    readonly left: readonly string[]
    readonly onlyCustomer: readonly string[]
    readonly removalId: string
  },
): Promise<void> {
  const { reason, ended, left } = told
  const facts = factsOf(tx, told)
  const says = ended.filter((one) => one !== '')
  const receipt = `${tx.settings.publicUrl}/removals/${told.removalId}`
  toCustomer(
    tx,
    told,
    'partner-removed',
    removedLetter({ ...facts, reason, ended: says, left: [...left, ...told.onlyCustomer], link: receipt }),
  )
  await toPartner(tx, told, 'partner-removed', removedLetter({ ...facts, reason, ended: says, left }), async () =>
    removedForOneLetter({ ...facts, reason }),
  )
}

export async function tellUndone(
  tx: WriteTx,
  told: Two & { readonly holders: readonly PersonId[]; readonly cameBack: readonly string[]; readonly removalId: string },
): Promise<void> {
  const facts = factsOf(tx, told)
  const holdings = await holdingsInForce(tx, await standingGrants(tx, told.customer.id, told.partner.id))
  const content = undoneLetter({ ...facts, cameBack: told.cameBack })
  toCustomer(
    tx,
    told,
    'removal-undone',
    undoneLetter({ ...facts, cameBack: told.cameBack, link: `${tx.settings.publicUrl}/removals/${told.removalId}` }),
  )
  await toPartner(tx, told, 'removal-undone', content, async (id) =>
    undoneForOneLetter({ ...facts, has: heldWords(tx.law, heldBy(holdings, id)) || 'no access' }),
  )
}

const factsOf = (tx: WriteTx, { customer, partner }: Two) => ({
  customer: customer.name,
  partner: partner.name,
  by: nameOf(tx.actor),
  link: `${tx.settings.publicUrl}/customers`,
})

const aboutOf = ({ customer, partner }: Two) => ({
  customerId: customer.id,
  partnerId: partner.id,
  thread: `access/${customer.id}/${partner.id}`,
})

function toCustomer(tx: WriteTx, two: Two, letter: string, content: Content): void {
  const roles = rolesThatMay(tx.law, 'customer', 'access:give')
  const onlyIf = { action: 'access:read', on: { kind: 'customer', id: two.customer.id } } as const
  tx.post({ letter, to: { everyoneIn: two.customer.id, roles }, ...content, ...aboutOf(two), onlyIf })
}

/** Its administrators read all of it; whoever else had access reads what concerns them. */
async function toPartner(
  tx: WriteTx,
  two: Two & { readonly holders: readonly PersonId[] },
  letter: string,
  whole: Content,
  ofOne: (id: PersonId) => Promise<Content>,
): Promise<void> {
  const roles = rolesThatMay(tx.law, 'partner', 'access_request:ask_for_organization').concat(rolesThatMay(tx.law, 'partner', 'group:fill'))
  const people = await peopleWorkingAt(tx, two.partner.id)
  const onlyIf = { action: 'access:read', on: { kind: 'partner', id: two.partner.id } } as const
  const told = people.filter((person) => two.holders.includes(person.id) || person.roles.some((role) => roles.includes(role)))
  for (const { id, roles: theirs } of told) {
    const content = theirs.some((role) => roles.includes(role)) ? whole : await ofOne(id)
    tx.post({ letter, to: { person: id }, ...content, ...aboutOf(two), onlyIf })
  }
}
