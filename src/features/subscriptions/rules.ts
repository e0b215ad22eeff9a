// What people may choose to get about a customer: by mail at once, in the daily digest, or, where it is optional, not at all.
import type { Law } from '../../law/law.ts'

export const ways = ['mail', 'digest', 'none'] as const
export type Way = (typeof ways)[number]

export interface Notice {
  readonly code: string
  readonly name: string
  /** One line that says what it tells. */
  readonly says: string
  /** Each chooses it for oneself, and gets it only then. */
  readonly chosen: boolean
  /** Whether somebody may decline it at all; of the definition's notices the law says it for each person. */
  readonly own: boolean
}

/** What the product itself writes. It is never declined, because it is about one's own work and access; it may wait for the digest. */
const ownNotices: readonly Notice[] = [
  { code: 'answers', name: 'Answers and changes', says: 'What is written or changed where you are named.', chosen: false, own: true },
  { code: 'ends_soon', name: 'Access that ends soon', says: '30, 7 and 1 days before the end.', chosen: false, own: true },
  { code: 'asked', name: 'Requests for access', says: 'Somebody asks, or a request is about to lapse.', chosen: false, own: true },
]

/** A notice about one customer. */
export interface NoticeAt {
  readonly customerId: string
  readonly notice: string
}

/** So long the link of a letter by which one declines such letters counts: 60 days, in milliseconds. */
export const unsubscribingCounts = 60 * 86_400_000

/** Everything that there is to get in this portal: what the definition knows, then what the product writes. */
export const noticesOf = (law: Law): Notice[] => [
  ...[...law.notices.values()].map(({ code, name, says, whenOpened }) => ({ code, name, says, chosen: whenOpened !== null, own: false })),
  ...ownNotices,
]

/** The way in which somebody gets a notice: what they chose, or else what comes by itself. What nobody may decline is not declined. */
export function wayOf({ chosen }: Pick<Notice, 'chosen'>, choice: Way | null, mayDecline: boolean): Way {
  const wanted = choice ?? (chosen ? 'none' : 'mail')
  return wanted === 'none' && !mayDecline ? 'mail' : wanted
}

/** The ways among which somebody may choose. */
export const waysAmong = (mayDecline: boolean): Way[] => ways.filter((way) => way !== 'none' || mayDecline)
