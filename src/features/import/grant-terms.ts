// The terms of a grant as a line says them: completed, and checked against what the portal definition lets anybody give.
import { endOfDay, type Instant, type LocalDate } from '../../kernel/instant.ts'
import { type AllowanceLaw, allowancesOf, type Grantee, type Law, levelOf } from '../../law/law.ts'
import { isVendors } from './home-roles.ts'
import type { Reference } from './references.ts'
import { siteReference } from './site-lines.ts'
import { requestId } from './things-store.ts'
import { canonical, expectedOne, type Given, isLineFault, type LineFault, or, type Standing } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type GrantLine = LineOf<'grant'>

export const customerOf = (line: GrantLine): Reference => ({ to: 'customer', id: line.customer, field: 'customer' })
export const groupReference = (id: string): Reference => ({ to: 'group', id, field: 'group' })

/** The sites or records that a grant is given for. */
export function coveredBy({ customer, scope }: Pick<GrantLine, 'customer' | 'scope'>): Reference[] {
  if (!scope) return []
  return 'sites' in scope
    ? scope.sites.map((id, place) => siteReference(customer, id, `scope.sites.${place}`))
    : scope.records.map(
        ({ recordKind, id }, place): Reference => ({ to: 'record', within: recordKind, id, field: `scope.records.${place}` }),
      )
}

/** Sites or records, each once and in one order; null: the whole customer. */
export function inOrder(scope: GrantLine['scope']): NonNullable<GrantLine['scope']> | null {
  if (!scope) return null
  if ('sites' in scope) return { sites: [...new Set(scope.sites)].sort() }
  const records = new Map(scope.records.map((one) => [canonical([one.recordKind, one.id]), one]))
  return { records: [...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { recordKind, id }]) => ({ recordKind, id })) }
}

export function completeGrant(line: GrantLine, standing: Standing<GrantLine> | undefined, given: Given): GrantLine | LineFault {
  const fault = granteeFault(line, given)
  if (fault) return fault
  const known = inTodaysWords(line, given.law)
  if (isLineFault(known)) return known
  const whole = wholeGrant(known, standing?.line, given)
  if (!whole.until || whole.until <= (whole.from ?? ''))
    return { field: line.endsOn === undefined ? 'until' : 'endsOn', expected: 'expected an end after the beginning' }
  return giftFault(whole, given.law) ?? scopeFault(whole, given) ?? (standing && otherTerms(standing.line, whole)) ?? whole
}

/** To whom nobody can give anything here. */
function granteeFault(line: GrantLine, given: Given): LineFault | undefined {
  if ('customer' in line.grantee) return { field: 'grantee.customer', expected: 'expected a partner, or the vendor for one of its people' }
  if (line.person && line.group) return { field: 'group', expected: 'expected a person or a group, not both' }
  const fault = 'vendor' in line.grantee ? vendorsFault(line) : partnersFault(line, line.grantee.partner, given)
  if (fault) return fault
  return given.law.grantees.includes(granteeOf(line)) ? undefined : unknownGrantee(line, given.law)
}

const vendorsFault = ({ person }: GrantLine): LineFault | undefined =>
  person
    ? undefined
    : { field: 'person', expected: "expected one of the vendor's people: access is never given to the whole vendor (OR-106)" }

function partnersFault({ person, group }: GrantLine, partner: string, { things, vendorDomain }: Given): LineFault | undefined {
  const email = person ? things.find({ to: 'person', id: person })?.email : undefined
  if (isVendors(email, vendorDomain))
    return { field: 'grantee.partner', expected: `expected the vendor as grantee: ${email} is one of its people (OR-106)` }
  const owner = group ? things.find(groupReference(group))?.partner : undefined
  if (!owner || owner === partner) return undefined
  return { field: 'group', expected: `expected a group of partner "${partner}"; this is one of "${owner}"` }
}

function granteeOf({ grantee, person, group }: GrantLine): Grantee {
  if (person) return 'vendor' in grantee ? 'vendor_person' : 'person'
  return group ? 'group' : 'organization'
}

const granteeWords: Readonly<Record<Grantee, string>> = {
  organization: 'everyone at a partner',
  group: 'a group',
  person: 'one person of a partner',
  vendor_person: "one of the vendor's people",
}

function unknownGrantee(line: GrantLine, { grantees }: Law): LineFault {
  const field = line.person ? 'person' : line.group ? 'group' : 'grantee'
  const known = grantees.map((one) => granteeWords[one]).join(', ')
  return {
    field,
    expected: known
      ? `expected access for ${known}: the portal definition knows no other`
      : 'expected nothing: in this portal nobody is given access',
  }
}

/** The line with the codes of today in place of names that a level or right had before. */
function inTodaysWords(line: GrantLine, law: Law): GrantLine | LineFault {
  const level = line.level ? levelOf(law, line.level) : undefined
  if (line.level && !level) return { field: 'level', expected: expectedOne('a level', law.levels) }
  const rights = line.rights?.map((name) => rightOf(law, name))
  const unknown = rights?.indexOf(undefined) ?? -1
  if (unknown >= 0) return { field: `rights.${unknown}`, expected: expectedOne('a right or role that can be given', law.rights) }
  return {
    ...line,
    ...(level ? { level: level.code } : {}),
    ...(rights ? { rights: rights.flatMap((right) => (right ? [right.code] : [])) } : {}),
  }
}

/** The right or role with the code, or with the name among those that it had before. */
export const rightOf = ({ rights }: Law, name: string): AllowanceLaw | undefined =>
  rights.find(({ code, aliases }) => code === name || aliases.includes(name))

function giftFault({ level, rights = [] }: GrantLine, law: Law): LineFault | undefined {
  if (level || rights.length > 0) return undefined
  const choice = [law.levels.length > 0 ? 'a level' : '', law.rights.length > 0 ? 'rights' : ''].filter((one) => one !== '').join(' or ')
  return {
    field: law.levels.length > 0 ? 'level' : 'rights',
    expected: `expected ${choice || 'a portal definition in which something can be given'}`,
  }
}

/** What may not be given so narrowly (MI-040), and records that are not the customer's. Sites are looked up among the customer's own. */
export function scopeFault(
  line: Pick<GrantLine, 'customer' | 'scope' | 'level' | 'rights'>,
  { law, things }: Pick<Given, 'law' | 'things'>,
): LineFault | undefined {
  const { scope } = line
  if (!scope) return undefined
  const sort = 'sites' in scope ? 'sites' : 'records'
  const codes = [...(line.level ? [line.level] : []), ...(line.rights ?? [])]
  const wider = allowancesOf(law).find((one: AllowanceLaw) => codes.includes(one.code) && !one.scopes.includes(sort))
  if (wider)
    return { field: 'scope', expected: `expected none: "${wider.code}" is not given for ${sort}, only for ${wholeOr(wider)} (MI-040)` }
  const stranger = coveredBy(line).find((record) => record.to === 'record' && (things.find(record)?.customer ?? null) !== line.customer)
  return stranger && { field: stranger.field, expected: `expected a record of customer "${line.customer}"` }
}

const wholeOr = ({ scopes }: AllowanceLaw) => ['the whole account', ...scopes].join(' or ')

/** What stands here says otherwise than the line, in what never changes. */
function otherTerms(before: GrantLine, whole: GrantLine): LineFault | undefined {
  const terms = (grant: GrantLine) => canonical({ ...grant, confirmedAt: null, ended: null })
  if (terms(before) !== terms(whole))
    return { field: 'id', expected: 'expected the terms that this access has here: they never change; give another id', conflict: true }
  if (before.ended && canonical(before.ended) !== canonical(whole.ended))
    return { field: 'ended', expected: 'expected the end that this access had here', conflict: true }
  return undefined
}

function wholeGrant(line: GrantLine, before: GrantLine | undefined, { now, grants, things }: Given): GrantLine {
  const { endsOn, ...rest } = line
  const zone = things.find(customerOf(line))?.timeZone ?? 'UTC'
  const givenAt = or(line.givenAt, before?.givenAt, line.from ?? now)
  const confirmed = grants === 'trusted' ? or(line.confirmedAt, before?.confirmedAt, givenAt) : (before?.confirmedAt ?? null)
  const request = or(line.request, before?.request, null)
  return {
    ...rest,
    person: or(line.person, before?.person, null),
    group: or(line.group, before?.group, null),
    level: or(line.level, before?.level, null),
    rights: [...new Set(or(line.rights, before?.rights, []))].sort(),
    scope: inOrder(or(line.scope, before?.scope, null)),
    from: or(line.from, before?.from, givenAt),
    until: endsOn === undefined ? (line.until ?? '') : endOfDay(endsOn as LocalDate, zone),
    confirmedAt: confirmed as Instant | null,
    reason: or(line.reason, before?.reason, null),
    givenBy: or(line.givenBy, before?.givenBy, null),
    givenAt,
    request: request === null ? null : requestId(request),
    replaces: or(line.replaces, before?.replaces, null),
    ended: or(line.ended, before?.ended, null),
  }
}
