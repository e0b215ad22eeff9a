// The letters about linking, and about a new customer. A link shows nothing by itself, and each letter says so.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

export interface LinkFacts {
  readonly customer: string
  readonly partner: string
  readonly by: string
  readonly link: string
}

const nothingSeen = 'A link shows nothing by itself: access is asked for, and answered, after it.'

/** To whoever may answer at the customer or the vendor, and to whoever may ask at the partner: these wait for the answer. */
export function linkAskedLetter({ customer, partner, by, link }: LinkFacts, reader: 'answers' | 'waits'): LetterContent {
  return letterContent({
    subject: `${partner} asks to be linked to ${customer}`,
    lines: [`${by} (${partner}) asks to link the account of ${partner} to that of ${customer}.`],
    after: [...(reader === 'waits' ? [`It waits for ${customer} or the vendor to answer.`] : []), nothingSeen],
    link: { text: reader === 'answers' ? 'Read it and answer' : 'See it', url: link },
    footer: ['Opening the link changes nothing.'],
  })
}

/** To whoever asks at the partner, and to the customer. */
export function linkAnsweredLetter({ customer, partner, by, link }: LinkFacts, state: 'standing' | 'denied'): LetterContent {
  const linked = state === 'standing'
  return letterContent({
    subject: linked ? `${partner} and ${customer} are linked` : `${partner} was not linked to ${customer}`,
    lines: [
      linked
        ? `${by} linked the account of ${partner} to that of ${customer}. Administrators of ${partner} can ask ${customer} for access now.`
        : `${by} declined to link the account of ${partner} to that of ${customer}. Nothing has changed, and it can be asked for again.`,
    ],
    after: [nothingSeen],
    link: { text: 'See it', url: link },
  })
}

/** "A company you supply is on the portal: Acme Robotics" (CD-005). */
export function newCustomerLetter({ customer, partner, link }: Omit<LinkFacts, 'by'>): LetterContent {
  return letterContent({
    subject: `A company you supply is on the portal: ${customer}`,
    lines: [`${customer} is on the portal. You can ask for the account of ${partner} to be linked to it, and then for access.`],
    after: [nothingSeen],
    link: { text: 'See it among your contacts', url: link },
    footer: ['You get this once for each company.'],
  })
}
