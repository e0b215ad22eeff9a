// The customer's list of the named people who have access, and of those who had: why, since, until, by whom, last used (BX-02).
import type { Context, ReadTx } from '../../context/context.ts'
import { csvOf } from '../../kernel/csv.ts'
import type { Instant } from '../../kernel/instant.ts'
import { standing } from '../../law/grants-in-force.ts'
import { accessWords } from '../grants/access-rules.ts'
import { type Grant, grantNumber } from '../grants/rules.ts'
import { grantsOf } from '../grants/steps.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type Belonging, isAmongNamed, type NamedAccess, type NowOrEnded, namedAccesses } from './rules.ts'
import { belongingTo, belongingToGroups, lastUsesAt, letInAmong } from './store.ts'

export interface NamedWanted {
  readonly state: NowOrEnded
  /** Only people of this partner. */
  readonly partner?: string | undefined
  /** Part of a name or address. */
  readonly q?: string | undefined
}

export interface NamedPersonRow {
  readonly person: { readonly id: string; readonly name: string; readonly email: string }
  readonly partner: { readonly id: string; readonly name: string }
  readonly grant: { readonly id: string; readonly number: string }
  readonly gives: string
  /** Through what: for themselves, by a group, or like everyone there. */
  readonly through: 'person' | 'group' | 'organization'
  readonly group: string | null
  readonly reason: string | null
  readonly givenBy: string | null
  /** Of whom somebody of the partner let in: whether that one has access still. What they let in stays when they lose theirs. Null: the customer gave it. */
  readonly letInBy: { readonly name: string; readonly hasAccess: boolean } | null
  readonly since: Instant
  readonly until: Instant
  readonly state: NamedAccess['state']
  /** Whether it counts: false where a more specific access of theirs replaces it, or it is over. */
  readonly counts: boolean
  /** When they last opened or changed something of the customer, to the hour; null: never. What they only saw in a list does not count. */
  readonly lastUsedAt: Instant | null
}

/** For whoever manages access, about their own customer. By partner and name, what counts first. */
export function listNamedPeople(ctx: Context, wanted: NamedWanted): Promise<NamedPersonRow[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:give', { kind: 'customer', id: home }, (tx) => rowsOf(tx, home, wanted))
}

/** The same rows for a spreadsheet. */
export async function exportNamedPeople(ctx: Context, wanted: NamedWanted): Promise<string> {
  const rows = await listNamedPeople(ctx, wanted)
  const columns = [
    'name',
    'email',
    'partner',
    'may',
    'through',
    'access',
    'counts',
    'state',
    'since',
    'until',
    'given by',
    'let in by a colleague',
    'why',
    'last used (to the hour)',
  ]
  return csvOf(
    columns,
    rows.map((row) => [
      row.person.name,
      row.person.email,
      row.partner.name,
      row.gives,
      row.through === 'group' ? `group ${row.group}` : row.through === 'person' ? 'their own' : 'everyone there',
      row.grant.number,
      row.counts ? 'yes' : 'no',
      row.state,
      row.since,
      row.until,
      row.givenBy,
      row.letInBy && (row.letInBy.hasAccess ? 'yes' : 'yes, who has no access any more'),
      row.reason,
      row.lastUsedAt ?? 'never',
    ]),
  )
}

async function rowsOf(tx: ReadTx, home: string, { state, partner, q }: NamedWanted): Promise<NamedPersonRow[]> {
  const grants = (await grantsOf(tx, home)).filter((grant) => partner === undefined || grant.partner.id === partner)
  const found = (await accessesOf(tx, grants)).filter((one) => isAmongNamed(one, state) && matches(one, q))
  const counting = await countingGrants(tx, home, found)
  const uses = await lastUsesAt(tx, home)
  const letIn = await lettersIn(tx, home, found)
  const rows = found.map((one) => ({
    ...rowOf(tx, one, counting.has(`${one.person.id} ${one.grant.id}`), uses.get(one.person.id) ?? null),
    letInBy: letIn.get(one.grant.id) ?? null,
  }))
  return rows.sort(
    (a, b) =>
      a.partner.name.localeCompare(b.partner.name) ||
      a.person.name.localeCompare(b.person.name) ||
      Number(b.counts) - Number(a.counts) ||
      b.since.localeCompare(a.since),
  )
}

async function accessesOf(tx: ReadTx, grants: readonly Grant[]): Promise<NamedAccess[]> {
  const places = await belongingTo(tx, [...new Set(grants.map(({ partner }) => partner.id as string))])
  const groups = await belongingToGroups(tx, [...new Set(grants.flatMap(({ group }) => group?.id ?? []))])
  const stillThere = (one: Belonging, all: readonly Belonging[]) => all.filter(({ personId }) => personId === one.personId)
  return grants.flatMap((grant) => {
    const there = places.get(grant.partner.id) ?? []
    if (grant.group === null)
      return namedAccesses(grant, grant.person === null ? there : there.filter(({ personId }) => personId === grant.person?.id), tx.now)
    // Being in a group counts while one works there.
    const members = (groups.get(grant.group.id) ?? []).flatMap((member) => stillThere(member, there).map((at) => overlap(member, at)))
    return namedAccesses(grant, members, tx.now)
  })
}

const overlap = (one: Belonging, other: Belonging): Belonging => ({
  ...one,
  from: one.from > other.from ? one.from : other.from,
  until: one.until === null ? other.until : other.until === null || one.until < other.until ? one.until : other.until,
})

const matches = ({ person }: NamedAccess, q: string | undefined): boolean =>
  q === undefined || `${person.name} ${person.email}`.toLowerCase().includes(q.trim().toLowerCase())

/** The person and grant of each access that counts, as the law says it: what is replaced by a more specific one does not. */
async function countingGrants(tx: ReadTx, home: string, found: readonly NamedAccess[]): Promise<Set<string>> {
  const people = [...new Set(found.map(({ person }) => person.id))]
  const facts = people.length === 0 ? [] : await tx.factsOfPeople(people, { kind: 'customer', id: home })
  return new Set(facts.flatMap((one) => standing(one).used.map(({ id }) => `${one.subject?.personId} ${id}`)))
}

/**
 * Who of a partner let in a colleague (BX-15), by access, and whether the law gives them something there still. The sources end no colleague with whoever let
 * them in (CD-017, CD-045): it stands until its own end or until somebody removes it, so the customer sees it.
 */
async function lettersIn(tx: ReadTx, home: string, found: readonly NamedAccess[]): Promise<Map<string, NamedPersonRow['letInBy']>> {
  const byColleague = await letInAmong(tx, home, [...new Set(found.map(({ grant }) => grant.id as string))])
  const givers = [...new Set(byColleague.map(({ by }) => by))]
  const facts = givers.length === 0 ? [] : await tx.factsOfPeople(givers, { kind: 'customer', id: home })
  const having = new Set(facts.filter((one) => standing(one).used.length > 0).map((one) => one.subject?.personId as string))
  return new Map(byColleague.map(({ grantId, by, name }) => [grantId, { name, hasAccess: having.has(by) }]))
}

function rowOf(
  tx: ReadTx,
  { person, grant, since, until, state }: NamedAccess,
  counts: boolean,
  lastUsedAt: Instant | null,
): Omit<NamedPersonRow, 'letInBy'> {
  return {
    person,
    partner: { id: grant.partner.id, name: grant.partner.name },
    grant: { id: grant.id, number: grantNumber(grant.number) },
    gives: accessWords(tx.law, grant),
    through: grant.person ? 'person' : grant.group ? 'group' : 'organization',
    group: grant.group?.name ?? null,
    reason: grant.reason,
    givenBy: grant.givenBy?.name ?? null,
    since,
    until,
    state,
    counts,
    lastUsedAt,
  }
}
