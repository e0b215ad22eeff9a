// Whom an access is for, as somebody chose it: everyone at a partner, named people, or a group that the partner's administrators fill.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { refuseField } from '../../kernel/refusal.ts'
import { type Group, groupFor, groupInUse, groupsAtPartner, membersOfGroups } from '../groups/steps.ts'
import type { Organization, PersonAt } from '../organizations/steps.ts'
import { type AccessGiven, accessWords, givesOf } from './access-rules.ts'
import { forEveryone, forPeople, type Holdings, nothingHeld } from './preview-rules.ts'
import { refuseGrantee } from './rules.ts'

export interface GranteeChoice {
  /** Null: everyone at the partner, or a group. An empty list gives nothing to anybody and is refused. */
  readonly personIds: readonly string[] | null
  /** A group of the partner that stands, or `new`: made for this, for its administrators to fill. */
  readonly group?: string | undefined
}

/** A group with its part of what was chosen; of roles each has a group of its own (MI-010). */
interface GroupChosen {
  /** Null: it is made when the access is given. */
  readonly group: Group | null
  readonly name: string
  readonly members: ReadonlySet<string>
  readonly access: AccessGiven
}

/** One of the three is there; neither people nor groups: everyone. */
export interface Grantees {
  readonly people: readonly PersonAt[] | null
  readonly groups: readonly GroupChosen[] | null
}

interface Place {
  readonly customer: Organization
  readonly partner: Organization
  /** Everybody who works at the partner today. */
  readonly people: readonly PersonAt[]
}

/** Refuses (403) a sort of grantee that the portal does not let in, and (400) people and groups that are not of the partner. */
export async function granteesChosen(tx: ReadTx, place: Place, choice: GranteeChoice, access: AccessGiven): Promise<Grantees> {
  if (choice.group === undefined) {
    const people = namedPeople(choice.personIds, place.people, place.partner.name)
    refuseGrantee(tx.law, people === null ? 'organization' : 'person')
    return { people, groups: null }
  }
  if (choice.personIds !== null) refuseField('group', 'Choose people or a group, and not both.')
  refuseGrantee(tx.law, 'group')
  const groups =
    choice.group === 'new' ? await madeForThis(tx, place, access) : [{ group: await standing(tx, place, choice.group), access }]
  const members = await membersOfGroups(
    tx,
    groups.flatMap(({ group }) => (group ? [group.id] : [])),
  )
  return {
    people: null,
    groups: groups.map(({ group, access: part }) => ({
      group,
      name: group?.name ?? `${place.customer.name} ${nameOf(tx, part)}`,
      members: new Set((members.get(group?.id ?? '') ?? []).map(({ id }) => id as string)),
      access: part,
    })),
  }
}

const nameOf = (tx: ReadTx, { level, rights }: AccessGiven): string => accessWords(tx.law, { level, rights })
const codeOf = (access: AccessGiven): string => givesOf(access).join('+').slice(0, 64)

/** The groups that were made for it, or none yet. */
async function madeForThis(tx: ReadTx, { customer, partner }: Place, access: AccessGiven) {
  const parts = tx.law.shape === 'roles' ? access.rights.map((role): AccessGiven => ({ ...access, rights: [role] })) : [access]
  const made: { group: Group | null; access: AccessGiven }[] = []
  for (const part of parts) made.push({ group: (await groupInUse(tx, customer.id, partner.id, codeOf(part))) ?? null, access: part })
  return made
}

async function standing(tx: ReadTx, { partner }: Place, id: string): Promise<Group> {
  const groups = await groupsAtPartner(tx, partner.id)
  return (
    groups.find((group) => group.id === id && group.endedAt === null) ??
    refuseField('group', `There is no such group of ${partner.name}, or you cannot see it.`)
  )
}

/** The named people, all of whom work at the partner; null for everyone. */
function namedPeople(ids: readonly string[] | null, people: readonly PersonAt[], partner: string): PersonAt[] | null {
  if (ids === null) return null
  if (ids.length === 0) refuseField('personIds', 'Choose at least one person, or everyone.')
  return [...new Set(ids)].map(
    (id) => people.find((person) => person.id === id) ?? refuseField('personIds', `Somebody chosen here does not work at ${partner}.`),
  )
}

/** What it would be, for the preview and its warnings. */
export function holdingsFor({ people, groups }: Grantees, access: AccessGiven): Holdings {
  if (people !== null) return forPeople(people, access)
  if (groups === null) return forEveryone(access)
  const held = groups.map(({ group, name, members, access: part }) => ({ id: group?.id ?? `new ${name}`, name, members, held: [part] }))
  return { ...nothingHeld, groups: held }
}

interface OneGrantee {
  readonly person: PersonAt | null
  readonly group: Group | null
  readonly access: AccessGiven
}

/** One by one, each group made where there is none yet (MI-009). */
export async function eachGrantee(
  tx: WriteTx,
  { customer, partner }: Omit<Place, 'people'>,
  { people, groups }: Grantees,
  access: AccessGiven,
): Promise<OneGrantee[]> {
  if (groups === null) return (people ?? [null]).map((person) => ({ person, group: null, access }))
  const each: OneGrantee[] = []
  for (const { group, access: part } of groups) {
    const made = group ?? (await groupFor(tx, { customer, partner, gives: { code: codeOf(part), name: nameOf(tx, part) } }))
    each.push({ person: null, group: made, access: part })
  }
  return each
}
