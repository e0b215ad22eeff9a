// The letters about who is in a group: to the customer at whom it has access, and to those who come and go.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

export interface FillingFacts {
  readonly customer: string
  readonly partner: string
  readonly group: string
  /** The acting person of the partner. */
  readonly by: string
  /** Whom it is about, "Priya Raman and Omar Nasser". */
  readonly who: string
  readonly gives: string
  readonly until: string
  readonly link: string
}

const link = ({ link: url }: FillingFacts) => ({ text: 'See this access', url })
const shows = 'Opening the link changes nothing.'

/** To both: who may act for the customer from now on. */
export function addedLetter(facts: FillingFacts): LetterContent {
  const { customer, partner, group, by, who, gives, until } = facts
  return letterContent({
    subject: `${partner} added ${who} to the access to ${customer}`,
    lines: [`${by} (${partner}) added ${who} to the group “${group}”. They have access to ${customer} until ${until}.`],
    facts: [
      ['May act as', gives],
      ['Until', `the end of ${until}`],
    ],
    link: link(facts),
    footer: [`Not what you expected? Whoever manages access at ${customer} can remove the access of the whole group there. ${shows}`],
  })
}

export function takenOutLetter(facts: FillingFacts): LetterContent {
  const { customer, partner, group, by, who, gives } = facts
  return letterContent({
    subject: `${partner} took ${who} out of the access to ${customer}`,
    lines: [
      `${by} (${partner}) took ${who} out of the group “${group}”. They have no access to ${customer} by it any more; it ended at once.`,
    ],
    facts: [['Was', gives]],
    link: link(facts),
    footer: [shows],
  })
}
