// A request that changes or extends what somebody has, as a difference: what is now and what is asked, field by field (BX-05).
import { dayInWords, type LocalDate } from '../../kernel/instant.ts'
import type { Law } from '../../law/law.ts'
import { type AccessGiven, accessWords, coversInWords } from '../grants/access-rules.ts'

export interface Difference {
  readonly field: 'may' | 'covers' | 'until'
  readonly now: string
  readonly asked: string
}

export type Dated = AccessGiven & { readonly endsOn: LocalDate }

/** Only what differs; nothing where they have nothing now, which makes it no change. Several narrower accesses are told of one after the other. */
export function differencesOf(law: Law, has: readonly Dated[], asked: Dated): Difference[] {
  if (has.length === 0) return []
  const words = (of: (one: Dated) => string) => ({ now: [...new Set(has.map(of))].join('; '), asked: of(asked) })
  const all: Difference[] = [
    { field: 'may', ...words(({ level, rights }) => accessWords(law, { level, rights })) },
    { field: 'covers', ...words(({ scope }) => coversInWords(scope)) },
    { field: 'until', ...words(({ endsOn }) => dayInWords(endsOn)) },
  ]
  return all.filter(({ now, asked: then }) => now !== then)
}

const fields = { may: 'may do', covers: 'covers', until: 'until' } as const

/** “Priya Raman: may do “See all requests” now, “Work on requests” asked; until 30 Nov 2026 now, 21 May 2027 asked.” */
export function differenceInWords(who: string, differences: readonly Difference[]): string {
  return `${who}: ${differences.map(({ field, now, asked }) => `${fields[field]} ${now} now, ${asked} asked`).join('; ')}.`
}
