// Whom the letters about the end of an access reach, and what each may read of it: one letter a reader for all that ends together.
import type { WriteTx } from '../../context/context.ts'
import type { Letter, Recipient } from '../../context/post.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { dayInWords, type Instant } from '../../kernel/instant.ts'
import { accessWords } from '../grants/access-rules.ts'
import { administrators, reachedByGrant, threadOf } from '../grants/letter-steps.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { endsOn, type Grant, gives, granteeWords, leftInWords, rolesThatMay } from '../grants/rules.ts'
import { groupsOfPerson } from '../grants/steps.ts'
import { peopleWorkingAt } from '../organizations/steps.ts'
import { type EndFacts, endedToCustomer, endedToPartner, endsSoonToCustomer, endsSoonToPartner } from './letters.ts'

/** An access whose end is told. */
export interface Told {
  readonly grant: Grant
  /** How many days are left; null: it has ended. */
  readonly left: number | null
  /** To whom the open work of those who lost it went, in sentences. */
  readonly handedOver?: readonly string[]
}

/** What ends at one customer, of one partner, with one day. */
type Together = readonly [Told, ...Told[]]

/** Writes to both sides that accesses end soon, or have ended. */
export async function postEnds(tx: WriteTx, told: readonly Told[]): Promise<void> {
  const together = Map.groupBy(told, ({ grant, left }) => [grant.customer.id, grant.partner.id, grant.until, left].join())
  for (const ones of together.values()) await postTogether(tx, ones as unknown as Together)
}

const wordsFor = (together: Together) =>
  together[0].left === null
    ? { toCustomer: endedToCustomer, toPartner: endedToPartner }
    : { toCustomer: endsSoonToCustomer, toPartner: endsSoonToPartner }

async function postTogether(tx: WriteTx, together: Together): Promise<void> {
  const [{ grant: first }] = together
  const standing = await standingGrants(tx, first.customer.id, first.partner.id)
  const whole = factsOf(tx, together, await leftOf(tx, together, standing))
  const heads = await administrators(tx, first.partner)
  const { toCustomer, toPartner } = wordsFor(together)
  post(tx, together, toCustomer(linked(tx, whole, together, '/partners')), await givers(tx, together))
  post(tx, together, toPartner(linked(tx, whole, together, '/customers')), toPeople(heads))
  for (const one of together) {
    const people = await reachedBy(tx, one.grant)
    const facts = linked(tx, factsOf(tx, [one], await leftForReader(tx, one, standing)), [one], '/customers')
    post(tx, [one], toPartner(facts), toPeople(people.filter((id) => !heads.includes(id))))
  }
}

const toPeople = (people: readonly PersonId[]): Recipient[] => people.map((person) => ({ person }))

async function reachedBy(tx: WriteTx, grant: Grant): Promise<PersonId[]> {
  const people = (await reachedByGrant(tx, grant)) ?? (await peopleWorkingAt(tx, grant.partner.id))
  return [...new Set(people.map(({ id }) => id))]
}

/** Whoever may give access at the customer, and who gave this one, if they still work there; whether they may still see it is asked when it is sent. */
async function givers(tx: WriteTx, together: Together): Promise<Recipient[]> {
  const { customer } = together[0].grant
  const roles = rolesThatMay(tx.law, 'customer', 'access:give')
  const people = await peopleWorkingAt(tx, customer.id)
  const others = people.filter(
    ({ id, roles: own }) => !own.some((role) => roles.includes(role)) && together.some(({ grant }) => grant.givenBy?.id === id),
  )
  return [{ everyoneIn: customer.id, roles }, ...toPeople(others.map(({ id }) => id))]
}

function factsOf(tx: WriteTx, together: Together, after: readonly string[]): Omit<EndFacts, 'link'> {
  const [{ grant: first, left }] = together
  return {
    customer: first.customer.name,
    partner: first.partner.name,
    left: left ?? 0,
    lastDay: dayInWords(endsOn(first)),
    zone: first.customer.timeZone,
    who: together.map(({ grant }) => [upperFirst(granteeWords(grant)), accessWords(tx.law, grant)]),
    after: [...after, ...new Set(together.flatMap(({ handedOver = [] }) => handedOver))],
  }
}

/** One access has a page of its own; of several there is the list. */
const linked = (tx: WriteTx, facts: Omit<EndFacts, 'link'>, together: Together, list: string): EndFacts => ({
  ...facts,
  link: `${tx.settings.publicUrl}${together.length === 1 ? `/access/${together[0].grant.id}` : list}`,
})

/** From when on somebody has what is left: the end that comes, or now where it has come. */
const after = (tx: WriteTx, { until }: Grant): Instant => (until > tx.now ? until : tx.now)

/** For whoever oversees the access: what everybody whom it reaches still has after that day. */
async function leftOf(tx: WriteTx, together: Together, standing: readonly Grant[]): Promise<string[]> {
  const sentences: string[] = []
  for (const { grant } of together) {
    const groups = grant.person === null ? [] : await groupsOfPerson(tx, standing, grant.person.id)
    sentences.push(...leftInWords(tx.law, grant, standing, after(tx, grant), groups))
  }
  return [...new Set(sentences)]
}

/** For one whom it reaches: what concerns them, and no colleague's own access. */
async function leftForReader(tx: WriteTx, one: Told, standing: readonly Grant[]): Promise<string[]> {
  const { grant } = one
  if (grant.person !== null) return leftOf(tx, [one], standing)
  const shared = standing.filter(({ person }) => person === null)
  const left = leftInWords(tx.law, grant, shared, after(tx, grant))
  const nothing = shared.every((other) => other.id === grant.id || !gives(other, after(tx, grant)))
  return nothing ? [`You have no access to ${grant.customer.name} any more, unless it was given to you by name.`] : left
}

/**
 * Dropped when it is sent if the reader may no longer see the access; a reminder also if none of what it tells of is in force: extended, replaced or
 * removed. A reminder may wait for the digest, what has ended is told at once.
 */
function post(tx: WriteTx, together: Together, content: Pick<Letter, 'subject' | 'text' | 'html'>, to: readonly Recipient[]): void {
  const [{ grant: first, left }] = together
  const about = { customerId: first.customer.id, partnerId: first.partner.id, thread: threadOf(first) }
  const asked = together.map(({ grant }) => ({ action: 'access:read', on: { kind: 'grant', id: grant.id } }) as const)
  const letter =
    left === null
      ? { letter: 'access-ended', onlyIf: { any: asked } }
      : { letter: 'access-ends-soon', notice: 'ends_soon', onlyIf: { any: asked.map((one) => ({ ...one, while: 'in_force' as const })) } }
  tx.post(...to.map((recipient) => ({ ...letter, to: recipient, ...content, ...about })))
}

const upperFirst = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
