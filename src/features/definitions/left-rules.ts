// Words that a definition no longer knows although the database still holds them: what hangs on them gives nothing, and is shown before.
import { allowancesOf, type Law } from '../../law/law.ts'

/** A word in use. */
export interface Held {
  readonly what: 'level' | 'right' | 'home role' | 'switch' | 'type of partner' | 'sort of grantee' | 'record kind' | 'state'
  readonly word: string
  /** How many accesses, people, partners or records. */
  readonly many: number
  readonly examples: readonly string[]
}

/** Those of the words that the older law knows and the newer one does not. */
export const leftWithout = (held: readonly Held[], before: Law, after: Law): Held[] =>
  held.filter(({ what, word }) => knows(before, what, word) && !knows(after, what, word))

function knows(law: Law, what: Held['what'], word: string): boolean {
  switch (what) {
    case 'level':
    case 'right':
      return allowancesOf(law).some(({ code }) => code === word)
    case 'home role':
      return law.homeRoles.has(word)
    case 'switch':
      return law.switches.some(({ code }) => code === word)
    case 'type of partner':
      return law.partnerTypes.some(({ code }) => code === word)
    case 'sort of grantee':
      return law.grantees.some((one) => one === word)
    case 'record kind':
      return law.kinds.has(word)
    case 'state': {
      const [kind = '', state = ''] = word.split('.')
      // A kind that is gone says it already.
      return law.kinds.get(kind)?.states.some(({ code }) => code === state) ?? (!law.kinds.has(kind) && state !== '')
    }
  }
}

const whose: Readonly<Record<Held['what'], readonly [one: string, many: string, then: string]>> = {
  level: ['access gives it', 'accesses give it', 'that gives nothing'],
  right: ['access gives it', 'accesses give it', 'that gives nothing'],
  'home role': ['person has it', 'people have it', 'that allows nothing'],
  switch: ['person has it on', 'people have it on', 'that allows nothing'],
  'type of partner': ['partner is of it', 'partners are of it', 'that shows nothing'],
  'sort of grantee': ['access is for one', 'accesses are for one', 'that gives nothing'],
  'record kind': ['record is of it', 'records are of it', 'nobody sees that'],
  state: ['record is in it', 'records are in it', 'that counts as not open'],
}

/** As a sentence, for instance: The level "look" is gone: 12 accesses give it (A-1, A-2, A-3, …). By the newer definition that gives nothing. */
export function sentenceOf({ what, word, many, examples }: Held): string {
  const [one, more, then] = whose[what]
  const some = `${examples.join(', ')}${many > examples.length ? ', …' : ''}`
  return `The ${what} "${word}" is gone: ${many.toLocaleString('en')} ${many === 1 ? one : more} (${some}). By the newer definition ${then}.`
}
