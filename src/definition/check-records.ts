// Whether the record kinds of a definition agree with themselves.
import { type Faults, ownWords } from './faults-in.ts'
import type { PortalDefinition } from './schema.ts'

/** Names that `records_<kind>` would take from the indexes of `records`. */
const namesOfIndexes = ['newest', 'of_customer', 'of_parent', 'of_reference', 'by_number', 'pkey']
/** The database cuts names at 63 letters; what it adds to a kind's name needs some of them. */
const longestKind = 40

type Kind = PortalDefinition['records'][string]

export function checkRecords({ records }: PortalDefinition, faults: Faults): void {
  for (const [kind, record] of Object.entries(records)) {
    const path = ['records', kind]
    checkName(path, kind, faults)
    checkStates(path, record, faults)
    if (!('read' in record.actions)) faults.say([...path, 'actions'], 'must name the action "read".')
    checkWholes(path, kind, records, faults)
    for (const name of record.people ?? [])
      if (record.partners?.includes(name)) faults.say([...path, 'partners'], `"${name}" names people already.`)
  }
}

function checkName(path: string[], kind: string, faults: Faults): void {
  if (ownWords.includes(kind)) faults.say(path, `"${kind}" is a word of the product itself and cannot name a record kind.`)
  if (namesOfIndexes.includes(kind)) faults.say(path, `"${kind}" is taken by the database and cannot name a record kind.`)
  if (kind.length > longestKind) faults.say(path, `the name of a record kind has at most ${longestKind} letters.`)
}

const moves = ['opens_as', 'closes_as', 'reopens_as'] as const

function checkStates(path: string[], record: Kind, faults: Faults): void {
  if (!record.states) {
    for (const key of moves) if (record[key] !== undefined) faults.say([...path, key], 'needs "states".')
    return
  }
  const states = Object.keys(record.states)
  const isClosed = (state: string | undefined) => state !== undefined && record.states?.[state]?.closed === true
  for (const key of moves) checkMove([...path, key], key, record[key], states, faults)
  for (const key of ['opens_as', 'reopens_as'] as const) {
    if (isClosed(record[key])) faults.say([...path, key], 'must lead to a state that is not closed.')
  }
  if (record.closes_as !== undefined && states.includes(record.closes_as) && !isClosed(record.closes_as)) {
    faults.say([...path, 'closes_as'], 'must lead to a state with "closed: true".')
  }
}

function checkMove(path: string[], key: string, state: string | undefined, states: readonly string[], faults: Faults): void {
  if (state === undefined) faults.say(path.slice(0, -1), `must say "${key}", because it has states.`)
  else faults.known(path, state, states, 'state')
}

/** A part's wholes and a reference's kind exist, and no kind is, in the end, part of itself. */
function checkWholes(path: string[], kind: string, records: PortalDefinition['records'], faults: Faults): void {
  const kinds = Object.keys(records)
  const wholesOf = (one: string) => [records[one]?.part_of ?? []].flat()
  for (const whole of wholesOf(kind)) faults.known([...path, 'part_of'], whole, kinds, 'record kind')
  const { refers_to: refersTo } = records[kind] as Kind
  if (refersTo !== undefined) faults.known([...path, 'refers_to'], refersTo, kinds, 'record kind')
  const above = new Set<string>()
  for (let next = wholesOf(kind); next.length > 0; ) {
    const fresh = next.filter((one) => !above.has(one))
    for (const one of fresh) above.add(one)
    next = fresh.flatMap(wholesOf)
  }
  if (above.has(kind)) faults.say([...path, 'part_of'], `"${kind}" would be part of itself.`)
}
