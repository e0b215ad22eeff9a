// Words that a definition no longer knows although the database still holds them: what hangs on them gives nothing, and is shown before.
import { allowancesOf, type Law } from '../../law/law.ts'

/** A word in use. */
export interface Held {
  readonly what:
    | 'level'
    | 'right'
    | 'home role'
    | 'switch'
    | 'type of partner'
    | 'sort of grantee'
    | 'record kind'
    | 'state'
    /** In a request for access, or an invitation, that still waits for its answer. */
    | 'level asked for'
    | 'right asked for'
    | 'sort of grantee asked for'
    | 'right offered'
  readonly word: string
  /** How many accesses, people, partners, records, requests or invitations. */
  readonly many: number
  readonly examples: readonly string[]
}

/** Those of the words that the older law knows and the newer one does not. */
export const leftWithout = (held: readonly Held[], before: Law, after: Law): Held[] =>
  held.filter(({ what, word }) => knows(before, what, word) && !knows(after, what, word))

function knows(law: Law, what: Held['what'], word: string): boolean {
  switch (what) {
    case 'level':
    case 'level asked for':
    case 'right':
    case 'right asked for':
    case 'right offered':
      return allowancesOf(law).some(({ code }) => code === word)
    case 'home role':
      return law.homeRoles.has(word)
    case 'switch':
      return law.switches.some(({ code }) => code === word)
    case 'type of partner':
      return law.partnerTypes.some(({ code }) => code === word)
    case 'sort of grantee':
    case 'sort of grantee asked for':
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

const otherAnswer = 'that cannot be approved as it was asked, only with something else'

const whose: Readonly<Record<Held['what'], readonly [one: string, many: string, then: string]>> = {
  level: ['access gives it', 'accesses give it', 'that gives nothing'],
  right: ['access gives it', 'accesses give it', 'that gives nothing'],
  'home role': ['person has it', 'people have it', 'that allows nothing'],
  switch: ['person has it on', 'people have it on', 'that allows nothing'],
  'type of partner': ['partner is of it', 'partners are of it', 'that shows nothing'],
  'sort of grantee': ['access is for one', 'accesses are for one', 'that gives nothing'],
  'record kind': ['record is of it', 'records are of it', 'nobody sees that'],
  state: ['record is in it', 'records are in it', 'that counts as not open'],
  'level asked for': ['waiting request asks for it', 'waiting requests ask for it', otherAnswer],
  'right asked for': ['waiting request asks for it', 'waiting requests ask for it', otherAnswer],
  'sort of grantee asked for': ['waiting request is for one', 'waiting requests are for one', 'that gives nothing, however it is answered'],
  'right offered': ['waiting invitation offers it', 'waiting invitations offer it', 'that cannot be accepted'],
}

/** As a sentence, for instance: The level "look" is gone: 12 accesses give it (A-1, A-2, A-3, …). By the newer definition that gives nothing. */
export function sentenceOf({ what, word, many, examples }: Held): string {
  const [one, more, then] = whose[what]
  const some = `${examples.join(', ')}${many > examples.length ? ', …' : ''}`
  const noun = what.replace(/ (asked for|offered)$/, '')
  return `The ${noun} "${word}" is gone: ${many.toLocaleString('en')} ${many === 1 ? one : more} (${some}). By the newer definition ${then}.`
}
