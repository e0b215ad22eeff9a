// The letters about what is written on a record. Each names who wrote for whom; the link only shows.
import type { CustomerFact, RecordFact } from '../../law/facts.ts'
import type { Side } from '../../law/law.ts'
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'
import { writesFor } from './rules.ts'

/** Whoever wrote. */
export interface Author {
  readonly name: string
  readonly organizationName: string
  readonly side: Side
}

const longestQuote = 4000
const quoted = (body: string): string => (body.length > longestQuote ? `${body.slice(0, longestQuote).trimEnd()} …` : body)
const about = (record: RecordFact, customer: CustomerFact): string => `${record.number}: ${record.title} (${customer.name})`
const linkTo = (record: RecordFact, publicUrl: string) => ({ text: `Open ${record.number}`, url: `${publicUrl}/requests/${record.id}` })

/** "Priya Raman (Larkfield) for Acme Robotics". */
function authorWords({ name, organizationName, side }: Author, customer: CustomerFact): string {
  const whom = writesFor(side, customer.name)
  return `${name} (${organizationName})${whom ? ` for ${whom}` : ''}`
}

/** "SR-10482: Ana Ruiz answered", to everybody of the record who may still see it. */
export function repliedLetter(record: RecordFact, customer: CustomerFact, author: Author, body: string, publicUrl: string): LetterContent {
  return letterContent({
    subject: `${record.number}: ${author.name} answered`,
    lines: [`${authorWords(author, customer)} answered.`, about(record, customer)],
    quote: quoted(body),
    link: linkTo(record, publicUrl),
  })
}

export function fileAddedLetter(
  record: RecordFact,
  customer: CustomerFact,
  author: Author,
  file: { name: string; size: number },
  publicUrl: string,
): LetterContent {
  return letterContent({
    subject: `${record.number}: ${author.name} added a file`,
    lines: [`${authorWords(author, customer)} added the file ${file.name} (${sizeWords(file.size)}).`, about(record, customer)],
    link: linkTo(record, publicUrl),
  })
}

const sizeWords = (bytes: number): string =>
  bytes < 1024 ? `${bytes} bytes` : bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`
