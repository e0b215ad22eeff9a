// Which people stand alike: they are asked about once. And for whom a changed rule still says the same: they need not be asked about at all.
import type { GrantFact, SubjectFact } from '../../law/facts.ts'
import { type Action, letInAction } from '../../law/law.ts'
import { typeOf } from '../../law/view.ts'
import { always, mapLeaves, never, type RowExpression } from '../../rows/expression.ts'
import { bareView, holds } from '../../rows/holds.ts'
import { type Asked, type AskedOf, sameGrantees } from './asked-rules.ts'

/** People about whom the law knows the same. */
export interface Alike {
  /** One of them, by whom all are answered for. */
  readonly subject: SubjectFact
  readonly people: readonly SubjectFact[]
  /** The grants in force to them: those of their organization, of their groups, their own. */
  readonly grants: readonly GrantFact[]
  /** Whether the one (and then nobody else is in here) is named on records in a way that is asked for. */
  readonly named: boolean
}

export interface Known {
  /** Grants in force, by the grantee's organization. */
  readonly grants: ReadonlyMap<string, readonly GrantFact[]>
  /** People who are named on records in a way that is asked for. */
  readonly named: ReadonlySet<string>
  /** Attributes of people that a rule asks for. */
  readonly attributes: readonly string[]
}

/** The people in classes. Whoever has a grant of their own or is named on a record stands alone. */
export function alike(subjects: readonly SubjectFact[], known: Known): Alike[] {
  const classes = new Map<string, SubjectFact[]>()
  for (const subject of subjects) {
    const key = keyOf(subject, known)
    const one = classes.get(key)
    if (one) one.push(subject)
    else classes.set(key, [subject])
  }
  return [...classes.values()].map((people) => {
    const subject = people[0] as SubjectFact
    return { subject, people, grants: grantsOf(subject, known), named: known.named.has(subject.personId ?? '') }
  })
}

/** As the facts of a question have them: those to the person, and to everybody or a group of the organization. */
const grantsOf = ({ organizationId, personId }: SubjectFact, { grants }: Known): GrantFact[] =>
  (grants.get(organizationId ?? '') ?? []).filter((grant) => grant.personId === null || grant.personId === personId)

function keyOf(subject: SubjectFact, known: Known): string {
  const {
    personId,
    organizationId,
    side,
    roles,
    siteRoles,
    suspended,
    partnerType,
    switches,
    groups,
    alike: partners,
    attributes,
  } = subject
  const own = known.named.has(personId ?? '') || grantsOf(subject, known).some((grant) => grant.personId !== null)
  const asked = known.attributes.map((name) => attributes[name] ?? null)
  const sites = siteRoles.map(({ role, siteNo }) => `${role} ${siteNo}`)
  const sorted = [roles, sites, switches, groups, partners].map((list) => [...list].sort())
  return JSON.stringify([own ? personId : null, organizationId, side, suspended, partnerType, sorted, asked])
}

/** What is left to be asked of a class: the actions whose rule, as far as it can hold for them, is not the same in both laws. */
export function leftToAsk(asked: AskedOf, one: Alike, hasRelated: boolean): AskedOf {
  const left = (part: Asked): Asked => ({ ...part, actions: part.actions.filter((action) => differsFor(part, action, one, hasRelated)) })
  const records = [...asked.records].map(([kind, part]): [string, Asked] => [kind, left(part)])
  return {
    records: new Map(records.filter(([, { actions }]) => actions.length > 0)),
    places: left(asked.places),
    portal: left(asked.portal),
  }
}

function differsFor({ before, after }: Asked, action: Action, one: Alike, hasRelated: boolean): boolean {
  const [older, newer] = [before, after].map((law) => narrowed(law.rules.get(action) ?? never, one, hasRelated))
  if (JSON.stringify(older) !== JSON.stringify(newer)) return true
  if (action === letInAction && one.grants.length > 0 && older?.is !== 'never') return true
  return !sameGrantees(before, after) && one.grants.length > 0 && older?.is !== 'never'
}

/**
 * The rule without what cannot hold for the class, whatever the row. What is the same for every row is put in: type, switches and attributes of the
 * person; what they have neither been given nor been named as falls away.
 */
function narrowed(rule: RowExpression, one: Alike, hasRelated: boolean): RowExpression {
  const { subject } = one
  const view = { ...bareView, type: typeOf(subject), switches: subject.switches, person: subject.attributes }
  const could = { named: one.named, assigned: subject.alike.length > 0, related: hasRelated }
  return mapLeaves(rule, (leaf) => {
    if (leaf.is === 'access') return accessOf(leaf, one)
    if (isOfPerson(leaf)) return holds(leaf, view) ? always : never
    return leaf.is in could && !could[leaf.is as keyof typeof could] ? never : leaf
  })
}

const isOfPerson = (leaf: RowExpression): boolean =>
  leaf.is === 'type' || leaf.is === 'switch' || (leaf.is === 'attribute' && leaf.of === 'person')

function accessOf(leaf: Extract<RowExpression, { is: 'access' }>, { subject, grants }: Alike): RowExpression {
  const held = new Set(grants.flatMap(({ level, rights }) => [level ?? '', ...rights]))
  const had = new Set([...subject.roles, ...subject.siteRoles.map(({ role }) => role)])
  const gives = leaf.gives.filter((code) => held.has(code)).sort()
  const homeRoles = leaf.homeRoles.filter((role) => had.has(role)).sort()
  const { siteGives, siteRoles, recordGives } = leaf.narrow
  const narrow = {
    siteGives: siteGives.filter((code) => held.has(code)).sort(),
    siteRoles: siteRoles.filter((role) => had.has(role)).sort(),
    recordGives: recordGives.filter((code) => held.has(code)).sort(),
  }
  return gives.length + homeRoles.length === 0 ? never : { is: 'access', gives, homeRoles, narrow }
}
