// The letters about a partner that is taken out, and about taking that back. Each says what its reader has left.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

interface RemovalFacts {
  readonly customer: string
  readonly partner: string
  /** The acting person. */
  readonly by: string
  readonly link: string
}

/** To those who see all of it: the customer's managers of access, the partner's administrators. */
export function removedLetter(
  facts: RemovalFacts & { reason: string | null; ended: readonly string[]; left: readonly string[] },
): LetterContent {
  const { customer, partner, by, reason, ended, left, link } = facts
  return letterContent({
    subject: `${customer} removed all access of ${partner}`,
    lines: [`${by} (${customer}) removed all access of ${partner} to ${customer}. It ended at once:`, ...ended.map((one) => `• ${one}`)],
    ...(reason ? { quote: reason } : {}),
    after: ['What is left:', ...left.map((one) => `• ${one}`)],
    link: { text: 'See the access', url: link },
  })
}

/** To somebody of the partner who had access: what they themselves have left, and nothing of their colleagues. */
export function removedForOneLetter({ customer, partner, by, reason, link }: RemovalFacts & { reason: string | null }): LetterContent {
  return letterContent({
    subject: `${customer} removed all access of ${partner}`,
    lines: [
      `${by} (${customer}) removed all access of ${partner} to ${customer}, and so yours. It ended at once. You have no access to ${customer} any more.`,
    ],
    ...(reason ? { quote: reason } : {}),
    link: { text: 'See what you can reach', url: link },
  })
}

export function undoneLetter(facts: RemovalFacts & { cameBack: readonly string[] }): LetterContent {
  const { customer, partner, by, cameBack, link } = facts
  return letterContent({
    subject: `${customer} undid the removal of ${partner}`,
    lines: [
      `${by} (${customer}) undid the removal of what ${partner} had at ${customer}. From now on:`,
      ...cameBack.map((one) => `• ${one}`),
    ],
    link: { text: 'See the access', url: link },
  })
}

/** What the reader has now that it was undone; "no access" where theirs did not come back. */
export function undoneForOneLetter({ customer, partner, by, has, link }: RemovalFacts & { has: string }): LetterContent {
  return letterContent({
    subject: `${customer} undid the removal of ${partner}`,
    lines: [`${by} (${customer}) undid the removal of what ${partner} had at ${customer}. You have: ${has}.`],
    link: { text: 'See what you can reach', url: link },
  })
}

interface SuspensionFacts {
  readonly partner: string
  /** Whose access it touches; null: the partner's own people read it. */
  readonly customer: string | null
  readonly by: string
  readonly reason: string
  readonly link: string
}

/** Suspended is not removed: what was given stands, and gives nothing until it is lifted. */
export function suspendedLetter({ partner, customer, by, reason, link }: SuspensionFacts): LetterContent {
  const what = customer === null ? 'what its customers gave it' : `what ${customer} gave it`
  return letterContent({
    subject: `${partner} is suspended`,
    lines: [
      `${by} suspended ${partner}. Its people can do nothing from now on, and ${what} gives nothing, until that is lifted. Nothing was removed.`,
    ],
    quote: reason,
    link: { text: 'See the portal', url: link },
  })
}

export function unsuspendedLetter({ partner, customer, by, reason, link }: SuspensionFacts): LetterContent {
  const what = customer === null ? 'What its customers gave it' : `What ${customer} gave it`
  return letterContent({
    subject: `${partner} is no longer suspended`,
    lines: [`${by} lifted the suspension of ${partner}. ${what} and has not ended counts again from now on.`],
    quote: reason,
    link: { text: 'See the portal', url: link },
  })
}
