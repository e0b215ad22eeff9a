// The letters about what becomes of a record: opened, changed, closed, open again, and who is named on it.
import type { CustomerFact, RecordFact } from '../../law/facts.ts'
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

/** The record that a letter is about. */
export interface About {
  readonly record: RecordFact
  readonly customer: CustomerFact
  /** What one such record is called: "service request". */
  readonly one: string
  readonly publicUrl: string
}

const longestQuote = 4000
const linkTo = ({ record, publicUrl }: About) => ({ text: `Open ${record.number}`, url: `${publicUrl}/requests/${record.id}` })
const words = ({ record, customer }: About): string => `${record.number}: ${record.title} (${customer.name})`

/** To the one who opened it, to its point of contact and, where neither is the customer's, to the customer's people who read all (OR-076). */
export function openedLetter(
  about: About,
  by: string,
  pointOfContact: string,
  { description, lines }: { description: string; lines: readonly string[] },
): LetterContent {
  const { record, customer, one } = about
  return letterContent({
    subject: `${record.number}: ${record.title}`,
    lines: [`${by} opened a ${one} for ${customer.name}.`, ...lines, `Point of contact: ${pointOfContact}.`, words(about)],
    quote: description.slice(0, longestQuote),
    link: linkTo(about),
  })
}

export function changedLetter(about: About, by: string, changes: readonly string[]): LetterContent {
  return letterContent({
    subject: `${about.record.number}: ${by} changed it`,
    lines: [`${by} changed ${words(about)}`, ...changes],
    link: linkTo(about),
  })
}

export function closedLetter(about: About, by: string, body: string | undefined): LetterContent {
  return letterContent({
    subject: `${about.record.number}: closed by ${by}`,
    lines: [`${by} closed ${words(about)}`],
    ...(body ? { quote: body.slice(0, longestQuote) } : {}),
    link: linkTo(about),
  })
}

export function reopenedLetter(about: About, by: string): LetterContent {
  return letterContent({
    subject: `${about.record.number}: open again`,
    lines: [`${by} opened ${words(about)} again.`],
    link: linkTo(about),
  })
}

/** To somebody who was copied in: what they see from now on, and that they can answer (O-A5). */
export function contactAddedLetter(about: About, by: string): LetterContent {
  return letterContent({
    subject: `${about.record.number}: you are copied in`,
    lines: [`${by} copied you in on ${words(about)}`, `You see this ${about.one} and its messages, and can answer.`],
    link: linkTo(about),
  })
}

export function contactRemovedLetter({ record, customer }: About, by: string): LetterContent {
  return letterContent({
    subject: `${record.number}: you are no longer copied in`,
    lines: [
      `${by} took you off ${record.number} (${customer.name}).`,
      'You get no more letters about it. What else you may see there has not changed.',
    ],
  })
}

/** To the new point of contact and to the one before. */
export function pointOfContactLetter(about: About, by: string, who: string): LetterContent {
  return letterContent({
    subject: `${about.record.number}: ${who} is point of contact`,
    lines: [`${by} made ${who} the point of contact of ${words(about)}`, `Questions about it go to ${who} from now on.`],
    link: linkTo(about),
  })
}
