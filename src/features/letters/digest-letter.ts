// The daily digest as a letter: each part under its own subject, shortened so that any number of them stays a letter.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

interface DigestPart {
  readonly subject: string
  readonly text: string
}

/** Characters of one part, and of all together: the body of a letter has a limit, and nobody reads further in one. */
const longestPart = 800
const longestDigest = 25_000

export function digestLetter(parts: readonly DigestPart[], { vendor, publicUrl }: { vendor: string; publicUrl: string }): LetterContent {
  const shown = fitting(parts)
  const rest = parts.length - shown.length
  const many = parts.length === 1 ? '1 letter' : `${parts.length} letters`
  return letterContent({
    subject: `${vendor}: your daily digest, ${many}`,
    lines: [
      `${many} since your last digest.`,
      // A line break makes it a quote: what the letters say is told apart from what this one says.
      ...shown.flatMap(({ subject, text }, index) => [`${index + 1}. ${subject}`, `${shortened(text)}\n`]),
      ...(rest > 0 ? [`And ${rest} more, which you find on the portal.`] : []),
    ],
    link: { text: 'Choose what you get', url: `${publicUrl}/me/notifications` },
  })
}

function fitting(parts: readonly DigestPart[]): readonly DigestPart[] {
  let length = 0
  const end = parts.findIndex(({ subject, text }) => {
    length += subject.length + Math.min(text.length, longestPart)
    return length > longestDigest
  })
  return end < 0 ? parts : parts.slice(0, end)
}

function shortened(text: string): string {
  const trimmed = text.trim()
  return trimmed.length > longestPart ? `${trimmed.slice(0, longestPart).trimEnd()} …` : trimmed
}
