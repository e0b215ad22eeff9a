// The people of a table: their homes (where they stand most often), roles and addresses, by the rules of a mapping.
import type { RowFault } from './check-line.ts'
import { type Mapped, type MappedLine, type MappedOrganization, type MappedPerson, wordsOf } from './mapped.ts'
import type { Mapping, PersonSet } from './mapping-schema.ts'
import { Tally } from './most-frequent.ts'
import { type EventRow, type Events, rowsOf } from './standing-rows.ts'
import { fill, oneLine } from './template.ts'

interface PeopleOf {
  readonly set: PersonSet
  readonly mapping: Mapping
  readonly organizations: Mapped<MappedOrganization>
  readonly events: Events
  /** Filled in with the people found. */
  readonly found: Map<string, MappedPerson>
  readonly onFault: (fault: RowFault) => void
}

type Home = Pick<MappedOrganization, 'id' | 'name' | 'emailDomain'> & { readonly kind: 'customer' | 'partner' | 'vendor' }

/** One line for each person; who has no home is a fault and is left out. */
export function* mapPeople({ set, mapping, organizations, events, found, onFault }: PeopleOf): Generator<MappedLine> {
  const people = peopleIn(set, mapping, organizations, events)
  for (const [value, { row, home, stands }] of people) {
    if (!home) {
      onFault({ line: row.line, field: set.column, expected: `expected "${value}" to have a home in some row: the person is left out` })
      continue
    }
    const wordOf = wordsOf(value, row, home)
    const id = fill(set.id ?? '{value}', wordOf) ?? value
    const roles = [...new Set([...set.roles, ...(stands === 'first' ? (set.roles_of_most_frequent ?? []) : [])])]
    found.set(value, { id, home: { kind: home.kind, id: home.id } })
    const name = oneLine(fill(set.name ?? '{value}', wordOf) ?? value, 200)
    yield { line: row.line, value: { kind: 'person', id, name, email: fill(set.email, wordOf) ?? '', home: reference(home), roles } }
  }
}

const reference = ({ kind, id }: Home) => ({ [kind]: id }) as { customer: string } | { partner: string } | { vendor: string }

interface Found {
  readonly row: EventRow
  readonly home: Home | undefined
  /** first: of all people of the home, this one stands in most rows together with it. */
  readonly stands: 'first' | 'among others'
}

function peopleIn(set: PersonSet, mapping: Mapping, organizations: Mapped<MappedOrganization>, events: Events): Map<string, Found> {
  if (set.home === 'vendor') {
    const vendor: Home | undefined = mapping.vendor && { kind: 'vendor', ...mapping.vendor, emailDomain: undefined }
    return new Map([...tallied(events, set).firstRows].map(([value, row]) => [value, { row, home: vendor, stands: 'among others' }]))
  }
  const homes = organizations.get(set.home.most_frequent) ?? new Map<string, MappedOrganization>()
  const { firstRows, homesOf, peopleOf } = tallied(events, set, {
    homes,
    column: mapping.organizations[set.home.most_frequent]?.column ?? '',
  })
  const homeOf = new Map([...firstRows.keys()].map((value) => [value, homesOf.mostFrequent(value)]))
  const first = new Set([...homes.keys()].map((at) => peopleOf.mostFrequent(at, (value) => homeOf.get(value) === at)))
  return new Map(
    [...firstRows].map(([value, row]) => {
      const home = homes.get(homeOf.get(value) ?? '')
      return [value, { row, home, stands: first.has(value) ? 'first' : 'among others' }]
    }),
  )
}

/** The first row of each person, how often each stands with which home, and each home with which person. */
function tallied(events: Events, set: PersonSet, at?: { homes: ReadonlyMap<string, MappedOrganization>; column: string }) {
  const firstRows = new Map<string, EventRow>()
  const [homesOf, peopleOf] = [new Tally(), new Tally()]
  for (const row of rowsOf(events, set.rows)) {
    const value = row.value(set.column)
    if (value === undefined) continue
    if (!firstRows.has(value)) firstRows.set(value, row)
    const home = at && row.value(at.column)
    if (!home || !at.homes.has(home)) continue
    homesOf.add(value, home)
    peopleOf.add(home, value)
  }
  return { firstRows, homesOf, peopleOf }
}
