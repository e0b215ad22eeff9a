// The letters about access that is given, changed, confirmed and removed, one text for both sides. The link only shows.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

/** What every letter about one access says. */
export interface AccessFacts {
  readonly customer: string
  readonly partner: string
  /** "everyone at Larkfield (14 people today)", or the names. */
  readonly who: string
  readonly level: string
  /** What it means, in one line for each thing given. */
  readonly says: string
  /** "21 May 2027", with the zone in which that day ends. */
  readonly until: string
  readonly zone: string
  /** The acting person. */
  readonly by: string
  readonly reason: string | null
  readonly link: string
}

export interface Before {
  readonly level: string
  readonly until: string
}

const link = (facts: AccessFacts) => ({ text: 'See this access', url: facts.link })
const notExpected =
  'Not what you expected? Whoever manages access at the customer can change or remove it there. Opening the link changes nothing.'

const table = (facts: AccessFacts, before: readonly Before[]): readonly (readonly [string, string])[] => [
  ['May do', `${facts.level} (${lowerFirst(facts.says)})`],
  ['Who', facts.who],
  ['Until', `the end of ${facts.until}, ${facts.zone}`],
  ...before.map((one) => ['Was', `${one.level} until ${one.until}`] as const),
]

/** The letter's parts that are the same in each: the table, the reason as a quote, and the link that shows. */
const common = (facts: AccessFacts, before: readonly Before[], handedOver: readonly string[]) => ({
  facts: table(facts, before),
  ...(facts.reason ? { quote: facts.reason } : {}),
  after: handedOver,
  link: link(facts),
  footer: [notExpected],
})

/** "Acme Robotics gave Larkfield access until 21 May 2027". */
export function givenLetter(facts: AccessFacts, before: readonly Before[], handedOver: readonly string[]): LetterContent {
  return letterContent({
    subject: `${facts.customer} gave ${facts.partner} access until ${facts.until}`,
    lines: [`${facts.by} (${facts.customer}) gave ${facts.who} access to ${facts.customer} until ${facts.until}.`],
    ...common(facts, before, handedOver),
  })
}

/** "Acme Robotics changed the access of Larkfield: now Work on requests until 31 Mar 2027". */
export function changedLetter(facts: AccessFacts, before: Before, handedOver: readonly string[]): LetterContent {
  const now = `${facts.level} until ${facts.until}`
  return letterContent({
    subject: `${facts.customer} changed the access of ${facts.partner}: now ${now}`,
    lines: [
      `${facts.by} (${facts.customer}) changed the access of ${facts.who} to ${facts.customer}. Was: ${before.level} until ${before.until}. Now: ${now}.`,
    ],
    ...common(facts, [before], handedOver),
  })
}

export function extendedLetter(facts: AccessFacts, before: Before): LetterContent {
  return letterContent({
    subject: `${facts.customer} extended the access of ${facts.partner} until ${facts.until}`,
    lines: [
      `${facts.by} (${facts.customer}) extended the access of ${facts.who} to ${facts.customer} until ${facts.until}. Before, it ended on ${before.until}.`,
    ],
    ...common(facts, [], []),
  })
}

export function confirmedLetter(facts: AccessFacts): LetterContent {
  return letterContent({
    subject: `${facts.customer} confirmed the access of ${facts.partner} until ${facts.until}`,
    lines: [
      `${facts.by} (${facts.customer}) confirmed the access of ${facts.who} to ${facts.customer} until ${facts.until}. It counts from now on.`,
    ],
    ...common(facts, [], []),
  })
}

/** Says what is left, or that nothing is (screens 2.4). */
export function removedLetter(facts: AccessFacts, why: string | null, left: readonly string[]): LetterContent {
  return letterContent({
    subject: `${facts.customer} removed the access of ${facts.partner}`,
    lines: [`${facts.by} (${facts.customer}) removed the access of ${facts.who} to ${facts.customer}. It ended at once.`],
    facts: [['Was', `${facts.level} until ${facts.until}`]],
    ...(why ? { quote: why } : {}),
    after: left,
    link: link(facts),
  })
}

/** "Larkfield gave up its access to Acme Robotics": by somebody of the partner, and it says what is left. */
export function relinquishedLetter(facts: AccessFacts, why: string | null, left: readonly string[]): LetterContent {
  return letterContent({
    subject: `${facts.partner} gave up its access to ${facts.customer}`,
    lines: [`${facts.by} (${facts.partner}) gave up the access of ${facts.who} to ${facts.customer}. It ended at once.`],
    facts: [['Was', `${facts.level} until ${facts.until}`]],
    ...(why ? { quote: why } : {}),
    after: left,
    link: link(facts),
  })
}

/** To addresses that the customer typed (MI-020, MI-029): the account, the roles, the change, and nothing else (M-A10). */
export function outsideLetter({
  customer,
  partner,
  on,
  off,
}: {
  customer: string
  partner: string
  on: readonly string[]
  off: readonly string[]
}): LetterContent {
  return letterContent({
    subject: `${customer} changed the access of ${partner}`,
    lines: [
      ...on.map((role) => `${partner} now has the role ${role} on the account ${customer}.`),
      ...off.map((role) => `${partner} no longer has the role ${role} on the account ${customer}.`),
    ],
    footer: ['You get this because somebody who manages the account wrote down your address for it.'],
  })
}

const lowerFirst = (sentence: string): string => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`
