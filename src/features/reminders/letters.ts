// The letters about an end by its date, that comes or has come: what ends, what is left after it, and how work goes on. The links only show.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'
import { inDays } from './rules.ts'

export interface EndFacts {
  readonly customer: string
  readonly partner: string
  readonly left: number
  /** The last day, and the zone in which it ends. */
  readonly lastDay: string
  readonly zone: string
  /** Who, and what they may do. */
  readonly who: readonly (readonly [who: string, what: string])[]
  /** What is left after it, one sentence each. */
  readonly after: readonly string[]
  readonly link: string
}

const subjectOf = ({ customer, partner, left }: EndFacts): string => `${partner}'s access to ${customer} ends ${inDays(left)}`

const common = (facts: EndFacts) => ({
  subject: subjectOf(facts),
  facts: [...facts.who, ['Until', `the end of ${facts.lastDay}, ${facts.zone}`] as const],
  after: ['After that:', ...facts.after],
})
const first = (facts: EndFacts): string =>
  `${facts.partner}'s access to ${facts.customer} ends ${inDays(facts.left)}, with ${facts.lastDay}. It does so by itself, and nobody is asked.`

/** To whoever gives access at the customer. */
export function endsSoonToCustomer(facts: EndFacts): LetterContent {
  return letterContent({
    lines: [first(facts), 'If the work goes on, extend it. If it is done, there is nothing to do.'],
    ...common(facts),
    link: { text: 'Extend it or let it end', url: facts.link },
    footer: ['Opening the link changes nothing.'],
  })
}

/** To whom it reaches, and to those who speak for the partner. */
export function endsSoonToPartner(facts: EndFacts): LetterContent {
  return letterContent({
    lines: [
      first(facts),
      `If the work goes on, ask ${facts.customer} to extend it. Until somebody there says yes, the end stays as it is.`,
    ],
    ...common(facts),
    link: { text: 'See it and ask to extend', url: facts.link },
    footer: ['Opening the link changes nothing.'],
  })
}

const ended = (facts: EndFacts) => ({
  subject: `${facts.partner}'s access to ${facts.customer} has ended`,
  facts: [...facts.who, ['Ended', `at the end of ${facts.lastDay}, ${facts.zone}`] as const],
  after: facts.after,
  footer: ['Opening the link changes nothing.'],
})
const over = (facts: EndFacts): string =>
  `${facts.partner} lost access to ${facts.customer} at the end of ${facts.lastDay}. It ended by its date; nobody removed it.`

/** To whoever gives access at the customer: it is over. */
export function endedToCustomer(facts: EndFacts): LetterContent {
  return letterContent({
    lines: [over(facts), 'If the work goes on, give it again. If it is done, there is nothing to do.'],
    ...ended(facts),
    link: { text: 'See it and give it again', url: facts.link },
  })
}

/** To whom it reached, and to those who speak for the partner: it is over. */
export function endedToPartner(facts: EndFacts): LetterContent {
  return letterContent({
    lines: [over(facts), `If the work goes on, ask ${facts.customer} for access again. Nothing comes back until somebody there says yes.`],
    ...ended(facts),
    link: { text: 'See it and ask again', url: facts.link },
  })
}

export interface WaitingFacts {
  readonly partner: string
  readonly asker: string
  readonly customer: string
  readonly left: number
  readonly lapsesOn: string
  readonly askedOn: string
  readonly parts: readonly (readonly [who: string, what: string])[]
  /** Until when access is asked for: another clock than the request's own (BX-17). */
  readonly until: string
  readonly reason: string
  readonly link: string
}

/** To whoever may answer. */
export function lapsesSoonLetter(facts: WaitingFacts): LetterContent {
  return letterContent({
    subject: `${facts.partner} waits for an answer about ${facts.customer}: the request lapses ${inDays(facts.left)}`,
    lines: [
      `${facts.asker} (${facts.partner}) asked for access to ${facts.customer} on ${facts.askedOn}, and nobody has answered. The request lapses with ${facts.lapsesOn}.`,
    ],
    facts: [...facts.parts, ['Access until', facts.until], ['Request lapses', facts.lapsesOn]],
    quote: facts.reason,
    link: { text: 'Read it and answer', url: facts.link },
    footer: ['Opening the link changes nothing. If nobody answers, nothing is given.'],
  })
}
