// Who and what there is in every random world of a portal, and how often what counts only just, or not quite.
import fc from 'fast-check'

export const customers = ['acme', 'beta', 'cargo']
export const partners = ['larkfield', 'bright', 'stone']
export const sites = [
  { id: 'acme-north', customer: 'acme' },
  { id: 'acme-south', customer: 'acme' },
  { id: 'beta-hall', customer: 'beta' },
]
export const everybody = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']

/** One customer is met most: where things meet, they can disagree. */
export const someCustomer = fc.constantFrom('acme', 'acme', 'acme', 'beta', 'cargo')
export const rarely = fc.integer({ min: 0, max: 9 }).map((number) => number === 0)

const since = fc.constantFrom(-100, -100, -100, 0, 1)
const upTo = fc.constantFrom(null, null, null, 100, 1, 0, -1)
/** Intervals around the question at hour 0; their ends touch 0 often, because there the mistakes are. */
export const interval = fc
  .record({ from: since, until: upTo })
  .map((one) => (one.until !== null && one.until <= one.from ? { ...one, until: one.from + 1 } : one))

/** The first of those that have the same key; what has none stays. */
export const firsts = <T>(ones: readonly T[], key: (one: T) => string | null): T[] =>
  ones.filter((one, index) => key(one) === null || ones.findIndex((other) => key(other) === key(one)) === index)
