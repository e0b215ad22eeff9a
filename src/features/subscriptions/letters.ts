// The letter that carries a notice of the vendor about a customer.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

export interface NoticeFacts {
  readonly vendor: string
  readonly customer: string
  readonly notice: string
  readonly subject: string
  readonly text: string
  readonly publicUrl: string
}

/** The vendor's own words are set as such. */
export function noticeLetter({ vendor, customer, notice, subject, text, publicUrl }: NoticeFacts): LetterContent {
  return letterContent({
    subject: `${vendor}, about ${customer}: ${subject}`,
    lines: [`${vendor} writes about ${customer}: ${subject}`],
    quote: text,
    link: { text: 'Choose what you get', url: `${publicUrl}/me/notifications` },
    footer: [`You get this because “${notice}” come with what you may do at ${customer}.`],
  })
}
