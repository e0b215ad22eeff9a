// Random worlds as lines, valid under any portal definition: few of everything, with whatever the definition knows of kinds, roles and what can be given.
import fc from 'fast-check'
import { allowancesOf, type FieldType, type Grantee, type KindLaw, type Law, type Side } from '../../law/law.ts'
import type { LineInput } from './world-lines.ts'

type Line<Kind extends LineInput['kind']> = Extract<LineInput, { kind: Kind }>

const customers = ['c0', 'c1']
const partners = ['p0', 'p1']
const sitesOf: Readonly<Record<string, readonly string[]>> = { c0: ['s0', 's1'], c1: ['s0'] }
const groupOf: Readonly<Record<string, string>> = { p0: 'g0', p1: 'g1' }
const people = ['a', 'b', 'c', 'd', 'e']
const records = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5']
const instants = ['2026-01-01T00:00:00.000Z', '2026-05-01T08:30:00.123Z', '2026-11-20T09:00:00Z']
const later = ['2027-01-01T00:00:00Z', '2027-06-30T22:00:00Z']
const names = ['Plain', "O'Hara & Søn", 'ünï "quoted"', '日本 𝒜', 'back\\slash']
const instant = fc.constantFrom(...instants)
const name = fc.constantFrom(...names)
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null })
/** A member that may be missing. */
const perhaps = <Key extends string, T>(key: Key, some: fc.Arbitrary<T>): fc.Arbitrary<{ [K in Key]?: T }> =>
  fc.oneof(
    fc.constant({}),
    some.map((value) => ({ [key]: value }) as { [K in Key]?: T }),
  )

export function randomLines(law: Law): fc.Arbitrary<LineInput[]> {
  return fc
    .tuple(
      fc.tuple(...partners.map((id) => partnerLine(law, id))),
      fc.tuple(...people.map((id) => personLine(law, id))),
      fc.subarray([...relationships]),
      fc.uniqueArray(memberLine, { maxLength: 4, selector: ({ group, person }) => `${group} ${person}` }),
      recordLines(law),
    )
    .chain(([ofPartners, ofPeople, related, members, ofRecords]) =>
      fc.tuple(grantLines(law, ofRecords), messageLines(ofRecords)).map(([grants, messages]) => [
        { kind: 'vendor' as const, id: 'v', name: 'Meridia', emailDomain: 'meridia.example' },
        ...customers.map((id) => ({ kind: 'customer' as const, id, name: `Customer ${id}` })),
        ...ofPartners,
        ...customers.flatMap(
          (customer) => sitesOf[customer]?.map((id) => ({ kind: 'site' as const, customer, id, name: `Site ${id}` })) ?? [],
        ),
        ...ofPeople,
        ...related,
        ...partners.map((partner) => ({
          kind: 'group' as const,
          id: groupOf[partner] ?? '',
          partner,
          name: `Group of ${partner}`,
          createdAt: instants[0] ?? '',
        })),
        ...members,
        ...ofRecords,
        ...grants,
        ...messages,
      ]),
    )
}

const partnerLine = (law: Law, id: string): fc.Arbitrary<Line<'partner'>> =>
  fc.record({
    kind: fc.constant('partner' as const),
    id: fc.constant(id),
    name,
    type: law.partnerTypes.length > 0 ? maybe(fc.constantFrom(...law.partnerTypes.map(({ code }) => code))) : fc.constant(null),
    reference: maybe(fc.constantFrom('17', '23')),
    suspendedAt: maybe(instant),
  })

function personLine(law: Law, id: string): fc.Arbitrary<Line<'person'>> {
  const roles = (side: Side) => [...law.homeRoles.values()].filter((role) => role.side === side)
  const base = { kind: fc.constant('person' as const), id: fc.constant(id), email: fc.constant(`${id}@people.example`), name }
  const switches = fc.subarray(law.switches.map(({ code }) => code))
  const attributes = fc.dictionary(fc.constantFrom('level', 'team'), fc.oneof(fc.integer(), fc.boolean(), name), { maxKeys: 2 })
  const at = (side: Side, home: object, sites: readonly string[] = []) => {
    const narrow = roles(side).filter(({ scopes }) => scopes.includes('sites'))
    const siteRoles = narrow.flatMap(({ role }) => sites.map((site) => ({ role, site })))
    return fc.record({
      ...base,
      attributes,
      switches,
      home: fc.constant(home as Line<'person'>['home']),
      roles: fc.subarray(roles(side).map(({ role }) => role)),
      siteRoles: fc.subarray(siteRoles),
      since: instant,
    })
  }
  return fc.oneof(
    ...customers.map((customer) => at('customer', { customer }, sitesOf[customer])),
    ...partners.map((partner) => at('partner', { partner })),
    at('vendor', { vendor: 'v' }),
    fc.record({ ...base, home: fc.constant(null) }),
  )
}

const relationships: readonly Line<'relationship'>[] = [
  ...customers.flatMap((customer) =>
    partners.flatMap((partner) =>
      (['works_with', 'associated', 'preferred'] as const).map((relation) => ({
        kind: 'relationship' as const,
        customer,
        partner,
        relation,
        ...(relation === 'works_with' && customer === customers[0] ? { ofRecord: true } : {}),
        from: instants[0] ?? '',
      })),
    ),
  ),
  { kind: 'relationship', customer: 'c1', superior: 'c0', relation: 'subordinate', from: instants[1] ?? '', until: later[0] ?? null },
]

const memberLine: fc.Arbitrary<Line<'group_member'>> = fc.record({
  kind: fc.constant('group_member' as const),
  group: fc.constantFrom(...Object.values(groupOf)),
  person: fc.constantFrom(...people),
  from: instant,
  until: maybe(fc.constantFrom(...later)),
})

const fieldOf: Readonly<Record<FieldType, fc.Arbitrary<string | number | boolean | string[]>>> = {
  text: name,
  number: fc.integer(),
  boolean: fc.boolean(),
  list: fc.array(name, { maxLength: 2 }),
}

function recordLines(law: Law): fc.Arbitrary<Line<'record'>[]> {
  const kinds = [...law.kinds.values()]
  return fc
    .tuple(...records.map(() => fc.constantFrom(...kinds)))
    .chain((chosen) => {
      const linkTo = (wanted: readonly string[]) => {
        const links = records.flatMap((id, place) =>
          wanted.includes(chosen[place]?.kind ?? '') ? [{ recordKind: chosen[place]?.kind ?? '', id }] : [],
        )
        return links.length > 0 ? maybe(fc.constantFrom(...links)) : fc.constant(null)
      }
      return fc.tuple(
        ...records.map((id, place) => {
          const kind = chosen[place] as KindLaw
          const links = { partOf: linkTo(kind.parents), refersTo: linkTo(kind.refersTo === null ? [] : [kind.refersTo]) }
          return maybe(fc.constantFrom(...customers)).chain((customer) => recordLine(kind, id, customer, links))
        }),
      )
    })
    .map((lines) => lines.map((line) => withItsWhole(line, lines)))
}

/** A part is the customer's whose the whole is. Kinds of parts do not go in circles, so this ends. */
function withItsWhole(line: Line<'record'>, lines: readonly Line<'record'>[]): Line<'record'> {
  const part = lines.find(({ id, recordKind }) => id === line.partOf?.id && recordKind === line.partOf.recordKind)
  if (part === undefined) return line
  const whole = withItsWhole(part, lines)
  return whole.customer === line.customer ? line : { ...line, customer: whole.customer, site: null }
}

type Links = { readonly [Key in 'partOf' | 'refersTo']: fc.Arbitrary<{ recordKind: string; id: string } | null> }

function recordLine(kind: KindLaw, id: string, customer: string | null, links: Links): fc.Arbitrary<Line<'record'>> {
  const sites = customer === null ? [] : (sitesOf[customer] ?? [])
  const named = (relations: readonly string[], whom: readonly string[]) =>
    relations.flatMap((relation) => whom.map((one) => ({ relation, one })))
  return fc.record({
    kind: fc.constant('record' as const),
    recordKind: fc.constant(kind.kind),
    id: fc.constant(id),
    customer: fc.constant(customer),
    site: sites.length > 0 ? maybe(fc.constantFrom(...sites)) : fc.constant(null),
    ...links,
    title: name,
    state: fc.constantFrom(...kind.states.map(({ code }) => code)),
    attributes: fc
      .tuple(...[...kind.fields].map(([field, type]) => perhaps(field, fieldOf[type])))
      .map((all) => Object.assign({ other: 1 }, ...all)),
    createdAt: instant,
    contacts: fc
      .subarray(named(kind.people, people))
      .map((all) =>
        all.filter(({ relation }, place) => relation !== 'point_of_contact' || all.findIndex((one) => one.relation === relation) === place),
      )
      .map((all) => all.map(({ relation, one }) => ({ relation, person: one }))),
    partners: fc.subarray(named(kind.partners, partners)).map((all) => all.map(({ relation, one }) => ({ relation, partner: one }))),
  })
}

/** Grants that ended, besides one that stands for each grantee. */
function grantLines(law: Law, ofRecords: readonly Line<'record'>[]): fc.Arbitrary<Line<'grant'>[]> {
  if (law.grantees.length === 0) return fc.constant([])
  return fc
    .uniqueArray(grantLine(law, ofRecords), {
      maxLength: 5,
      selector: ({ customer, grantee, person, group, scope, ended }) =>
        ended || scope ? {} : JSON.stringify([customer, grantee, person, group]),
    })
    .map((all) => all.map((grant, place) => ({ ...grant, id: `grant ${place}` })))
}

function grantLine(law: Law, ofRecords: readonly Line<'record'>[]): fc.Arbitrary<Line<'grant'>> {
  return fc
    .tuple(
      fc.constantFrom(...customers),
      fc.constantFrom(...partners),
      fc.constantFrom(...law.grantees),
      fc.constantFrom(...allowancesOf(law)),
      fc.constantFrom(...people),
    )
    .chain(([customer, partner, sort, allowance, person]) => {
      const isLevel = law.levels.some(({ code }) => code === allowance.code)
      const own = ofRecords.filter((record) => record.customer === customer).map(({ recordKind, id }) => ({ recordKind, id }))
      const scopes = [
        fc.constant(null),
        ...(allowance.scopes.includes('sites') ? [fc.subarray([...(sitesOf[customer] ?? [])]).map((sites) => ({ sites }))] : []),
        ...(allowance.scopes.includes('records') ? [fc.subarray(own).map((some) => ({ records: some }))] : []),
      ]
      return fc.record({
        kind: fc.constant('grant' as const),
        id: fc.constant(''),
        customer: fc.constant(customer),
        ...granteeOf(sort, partner, person),
        level: fc.constant(isLevel ? allowance.code : null),
        rights: fc.constant(isLevel ? [] : [allowance.code]),
        scope: fc.oneof(...scopes),
        from: instant,
        until: fc.constantFrom(...later),
        givenAt: fc.constant(instants[0] ?? ''),
        confirmedAt: maybe(instant),
        reason: maybe(name),
        ended: maybe(fc.constant({ at: instants[2] ?? '', by: null, kind: 'removed' as const, reason: null })),
      })
    })
}

const granteeOf = (sort: Grantee, partner: string, person: string) => ({
  grantee: fc.constant(sort === 'vendor_person' ? { vendor: 'v' } : { partner }),
  person: fc.constant(sort === 'person' || sort === 'vendor_person' ? person : null),
  group: fc.constant(sort === 'group' ? (groupOf[partner] ?? null) : null),
})

function messageLines(ofRecords: readonly Line<'record'>[]): fc.Arbitrary<Line<'message'>[]> {
  const own = ofRecords.filter(({ customer }) => customer !== null)
  if (own.length === 0) return fc.constant([])
  const message = fc.record({ of: fc.constantFrom(...own), at: instant, body: name })
  return fc
    .uniqueArray(message, { maxLength: 3, selector: ({ of, at, body }) => `${of.id} ${of.recordKind} ${at} ${body}` })
    .map((all) =>
      all.map(({ of, at, body }) => ({ kind: 'message', recordKind: of.recordKind, record: of.id, at, body, by: { name: 'Somebody' } })),
    )
}
