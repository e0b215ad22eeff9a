// Whether an address belongs to the firm it speaks for: the same domain, another one, or one that only looks the same.
import { domainOf } from '../../kernel/email-address.ts'

/** match: the firm's domain or one below it · look-alike: another domain that reads the same · other · unknown: the firm has told none. */
export type DomainVerdict = 'match' | 'look-alike' | 'other' | 'unknown'

/** How an address stands to its firm's domain (W8; BX-14). */
export function domainVerdict(email: string, firmDomain: string | null): DomainVerdict {
  if (!firmDomain) return 'unknown'
  const domain = domainOf(email.toLowerCase())
  const firm = firmDomain.toLowerCase()
  if (domain === firm || domain.endsWith(`.${firm}`)) return 'match'
  return looksLike(domain, firm) ? 'look-alike' : 'other'
}

export interface KnownFirm {
  readonly name: string
  readonly emailDomain: string | null
}

/** The firm whose domain the address only looks like, where it is of none of them: the customer itself, the vendor, a partner already known (BX-14). */
export function firmImitated(email: string, firms: readonly KnownFirm[]): KnownFirm | null {
  const verdicts = firms.map((firm) => ({ firm, verdict: domainVerdict(email, firm.emailDomain) }))
  if (verdicts.some(({ verdict }) => verdict === 'match')) return null
  return verdicts.find(({ verdict }) => verdict === 'look-alike')?.firm ?? null
}

/**
 * Signs that a reader takes for one another; the first of each row stands for all of them. The skeletons of Unicode UTS #39 ("confusables"), for the
 * ASCII in which addresses are kept.
 */
const readAlike: readonly (readonly [string, RegExp])[] = [
  ['m', /rn/g],
  ['w', /vv/g],
  ['d', /cl/g],
  ['o', /0/g],
  ['l', /[1i|]/g],
  ['s', /5/g],
  ['z', /2/g],
  ['b', /8/g],
  ['', /-/g],
]

/** What the eye keeps of a domain. */
const seenAs = (domain: string): string => readAlike.reduce((text, [sign, others]) => text.replace(others, sign), domain)

function looksLike(domain: string, firm: string): boolean {
  if (seenAs(domain) === seenAs(firm) || domain.includes(firm) || firstLabel(domain) === firstLabel(firm)) return true
  return firm.length >= 6 && oneStepApart(seenAs(domain), seenAs(firm))
}

const firstLabel = (domain: string): string => domain.slice(0, domain.indexOf('.'))

/** Whether one letter added, left out, changed, or two neighbours swapped, make one text the other. */
function oneStepApart(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const swapped = restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
  return swapped || (restA.length <= 1 && restB.length <= 1)
}
