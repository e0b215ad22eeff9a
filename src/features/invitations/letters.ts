// The letters about an invitation, to the customer and to the partner. Their links only show; an answer takes somebody signed in.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

export interface InvitationFacts {
  readonly number: string
  readonly customer: string
  readonly partner: string
  /** "Decision Maker", or null where it gives nothing by itself. */
  readonly gives: string | null
  readonly says: string
  readonly until: string
  readonly zone: string
  readonly lapsesOn: string
  readonly link: string
}

const shows = 'Opening the link changes nothing.'
const notAnswered = (facts: InvitationFacts) => `Until it is accepted, nobody at ${facts.partner} can do anything for ${facts.customer}.`
const table = ({ gives, says, until, zone, number }: InvitationFacts): readonly (readonly [string, string])[] => [
  ...(gives === null
    ? []
    : ([
        ['Role', `${gives} (${says})`],
        ['Until', `the end of ${until}, ${zone}`],
      ] as const)),
  ['Invitation', number],
]

/** To whoever may accept at the partner, and to those who manage access at the customer. */
export function invitedLetter(facts: InvitationFacts, by: string): LetterContent {
  const { customer, partner, gives, lapsesOn } = facts
  return letterContent({
    subject: `${customer} invites ${partner}`,
    lines: [`${by} (${customer}) invited ${partner} to act for ${customer}${gives === null ? '' : ` as ${gives}`}.`],
    facts: table(facts),
    after: [notAnswered(facts), `If nobody accepts by ${lapsesOn}, the invitation lapses.`],
    link: { text: 'See the invitation', url: facts.link },
    footer: [shows],
  })
}

/** To both sides: from now on. */
export function acceptedLetter(facts: InvitationFacts, by: string, groups: readonly string[]): LetterContent {
  const { customer, partner } = facts
  const quoted = groups.map((name) => `“${name}”`)
  return letterContent({
    subject: `${partner} accepted the invitation of ${customer}`,
    lines: [`${by} (${partner}) accepted the invitation of ${customer}.`],
    facts: table(facts),
    after:
      quoted.length === 0
        ? [`${customer} can now give ${partner} access. So far nobody there has any.`]
        : [
            `An administrator of ${partner} says who acts for ${customer}, by filling ${quoted.join(' and ')}. ${customer} is told of everybody.`,
          ],
    link: { text: 'See the invitation', url: facts.link },
    footer: [`Whoever manages access at ${customer} can end this at any time. ${shows}`],
  })
}

export function declinedLetter(facts: InvitationFacts, by: string, reason: string | null): LetterContent {
  const { customer, partner } = facts
  return letterContent({
    subject: `${partner} declined the invitation of ${customer}`,
    lines: [`${by} (${partner}) declined the invitation of ${customer}. Nobody there has anything by it.`],
    facts: table(facts),
    ...(reason === null ? {} : { quote: reason }),
    link: { text: 'See the invitation', url: facts.link },
    footer: [shows],
  })
}

export function withdrawnLetter(facts: InvitationFacts, by: string): LetterContent {
  const { customer, partner } = facts
  return letterContent({
    subject: `${customer} withdrew its invitation of ${partner}`,
    lines: [`${by} (${customer}) withdrew the invitation of ${partner}. It cannot be accepted any more.`],
    facts: table(facts),
    link: { text: 'See the invitation', url: facts.link },
    footer: [shows],
  })
}

/** To both sides: all of it is over. */
export function revokedLetter(
  facts: { customer: string; partner: string; link: string },
  by: string,
  reason: string | null,
): LetterContent {
  const { customer, partner, link } = facts
  return letterContent({
    subject: `${customer} does not work with ${partner} any more`,
    lines: [
      `${by} (${customer}) ended the work of ${partner} for ${customer}. Nobody at ${partner} has access to ${customer} any more; it ended at once.`,
    ],
    ...(reason === null ? {} : { quote: reason }),
    link: { text: 'See it in the portal', url: link },
    footer: [shows],
  })
}
