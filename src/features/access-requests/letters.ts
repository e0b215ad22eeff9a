// The letters about a request for access. None says whether an address is known; the link only shows, and an answer takes a signed-in person.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

/** One thing asked for or given: for whom, and the level with its one line. */
export interface Part {
  readonly who: string
  readonly level: string
  readonly says: string
}

export interface RequestFacts {
  readonly partner: string
  readonly asker: string
  readonly askerEmail: string
  readonly addressedTo: string
  readonly parts: readonly Part[]
  readonly until: string
  readonly reason: string
  readonly lapsesOn: string
  readonly link: string
  /** What is odd about the asker's address (W8), or null. */
  readonly addressSays: string | null
}

const link = (facts: RequestFacts, text: string) => ({ text, url: facts.link })
const shows = 'Opening the link changes nothing.'
const row = (part: Part): readonly [string, string] => [part.who, `${part.level} (${part.says})`]
const table = (facts: RequestFacts): readonly (readonly [string, string])[] => [...facts.parts.map(row), ['Until', facts.until]]

/** To everybody who may answer for the customer. `has`: what they have there now; `changes`: what of it this would change, one line each. */
export function askedLetter(
  facts: RequestFacts,
  customer: string | null,
  has: readonly string[],
  changes: readonly string[],
): LetterContent {
  const where = customer ?? 'your company'
  return letterContent({
    subject: `${facts.partner} asks for access to ${where}`,
    lines: [
      `${facts.asker} (${facts.partner}, ${facts.askerEmail}) asks for access to ${where} until ${facts.until}.`,
      ...(facts.addressSays === null ? [] : [facts.addressSays]),
    ],
    facts: table(facts),
    quote: facts.reason,
    after: [
      ...(has.length > 0 ? has.map((line) => `Now they have: ${line}.`) : [`${facts.partner} has no access to ${where} now.`]),
      ...(changes.length > 0 ? ['This would change what they have:', ...changes] : []),
    ],
    link: link(facts, 'Read it and answer'),
    footer: [`${shows} Anybody who manages access can answer.`, `If nobody answers by ${facts.lapsesOn}, the request lapses.`],
  })
}

/** To the asker: the same words for every address; before a customer that is known, that it waits for its answer. */
export function youAskedLetter(facts: RequestFacts, before: 'an address' | 'a customer'): LetterContent {
  const who =
    before === 'a customer'
      ? `Whoever manages access at ${facts.addressedTo} has your request, and nothing is given before they answer.`
      : `If ${facts.addressedTo} manages access for a customer, they have your request.`
  return letterContent({
    subject: `${facts.partner}: you asked ${facts.addressedTo} for access`,
    lines: [`You asked for access until ${facts.until}. ${who}`],
    facts: table(facts),
    quote: facts.reason,
    after: [`If nobody answers by ${facts.lapsesOn}, the request lapses and you can ask again.`],
    link: link(facts, 'See your request'),
  })
}

/** To the people for whom somebody else of the partner asked a customer that is known (CD-023, C-A8). */
export function askedForYouLetter(facts: RequestFacts): LetterContent {
  return letterContent({
    subject: `${facts.partner}: ${facts.asker} asked ${facts.addressedTo} for your access`,
    lines: [
      `${facts.asker} (${facts.partner}) asked ${facts.addressedTo} to give you access until ${facts.until}. It waits for whoever manages access there.`,
    ],
    facts: table(facts),
    quote: facts.reason,
    after: [`If nobody answers by ${facts.lapsesOn}, the request lapses.`],
    link: link(facts, 'See the request'),
  })
}

export interface Approval {
  readonly customer: string
  readonly by: string
  readonly given: readonly Part[]
  readonly until: string
  readonly zone: string
  /** What differs from what was asked, one sentence each; empty: as asked. */
  readonly changes: readonly string[]
  /** What the same people had until now, one sentence each. */
  readonly before: readonly string[]
  /** Open work that somebody else looks after now, one sentence each. */
  readonly handedOver: readonly string[]
}

/** To both sides. Says what was changed, where something was. */
export function approvedLetter(facts: RequestFacts, approval: Approval): LetterContent {
  const { customer, by, given, until, zone, changes, before, handedOver } = approval
  return letterContent({
    subject: `${customer} gave ${facts.partner} access until ${until}`,
    lines: [
      `${by} (${customer}) approved what ${facts.asker} (${facts.partner}) asked for${changes.length > 0 ? ', with changes' : ''}: access to ${customer} until ${until}.`,
    ],
    facts: [...given.map(row), ['Until', `the end of ${until}, ${zone}`]],
    quote: facts.reason,
    after: [...(changes.length > 0 ? changes : ['Everything is as it was asked for.']), ...before, ...handedOver],
    link: link(facts, 'See the request and the access'),
    footer: [`Not what you expected? Whoever manages access at ${customer} can change or remove it there. ${shows}`],
  })
}

/** To both sides, with the reason where one was given. */
export function deniedLetter(facts: RequestFacts, customer: string, by: string, reason: string | null): LetterContent {
  return letterContent({
    subject: `${customer} declined the request of ${facts.partner}`,
    lines: [
      `${by} (${customer}) declined what ${facts.asker} (${facts.partner}) asked for. Nothing was given; what was there before has not changed.`,
    ],
    facts: table(facts),
    ...(reason ? { quote: reason } : {}),
    link: link(facts, 'See the request'),
  })
}

/** To everybody who may answer: one of two has approved, and nothing is given yet. */
export function firstApprovedLetter(facts: RequestFacts, by: string, given: readonly Part[]): LetterContent {
  return letterContent({
    subject: `${facts.partner} asks for access: ${by} approved, a second person must too`,
    lines: [`${by} approved the request of ${facts.asker} (${facts.partner}). This takes two people, so nothing is given yet.`],
    facts: given.map(row),
    after: [`Somebody else who manages access must approve the same by ${facts.lapsesOn}. Either of you can decline.`],
    link: link(facts, 'Read it and answer'),
    footer: [shows],
  })
}

export function withdrawnLetter(facts: RequestFacts, by: string): LetterContent {
  return letterContent({
    subject: `${facts.partner} withdrew its request for access`,
    lines: [
      `${by} (${facts.partner}) withdrew the request for access until ${facts.until}. There is nothing to answer any more, and nothing has changed.`,
    ],
    facts: table(facts),
    link: link(facts, 'See the request'),
  })
}

/** To both sides; names the address that was asked and no customer. */
export function lapsedLetter(facts: RequestFacts): LetterContent {
  return letterContent({
    subject: `${facts.partner}: nobody answered the request for access`,
    lines: [
      `Nobody answered by ${facts.lapsesOn}, so the request of ${facts.asker} (${facts.partner}) to ${facts.addressedTo} lapsed. Nothing has changed.`,
    ],
    facts: table(facts),
    after: ['It can be asked for again.'],
    link: link(facts, 'See the request'),
  })
}
