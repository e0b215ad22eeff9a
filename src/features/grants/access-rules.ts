// What an access gives: a level or none, rights (or roles) beside it or alone, for the whole customer or for named sites or records. One reading of it
// from the outside, one way to compare it, one way to put it in words.
import { refuseField } from '../../kernel/refusal.ts'
import { type Action, type AllowanceLaw, allowancesOf, type Law, levelOf } from '../../law/law.ts'
import type { RowExpression } from '../../rows/expression.ts'

export interface AccessGiven {
  /** Null: rights (or roles) alone. */
  readonly level: string | null
  readonly rights: readonly string[]
  readonly scope: AccessScope
}

/** What it covers, with the names that stand beside the ids. */
export type AccessScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'sites'; readonly sites: readonly { readonly siteNo: number; readonly name: string }[] }
  | { readonly kind: 'records'; readonly records: readonly { readonly kind: string; readonly id: string; readonly number: string }[] }

export const wholeCustomer: AccessScope = { kind: 'all' }

/** Several accesses of one sort of grantee: they add up, each on what it covers. Nothing: an empty list. */
export type Held = readonly AccessGiven[]

/** What somebody chose, as it came in. */
export interface AccessInput {
  readonly level?: string | null | undefined
  readonly rights?: readonly string[] | undefined
  readonly scope?: ScopeInput | undefined
}

export interface ScopeInput {
  readonly sites?: readonly (string | number)[] | undefined
  readonly records?: readonly { readonly kind: string; readonly id: string }[] | undefined
}

/**
 * The codes that were chosen (O-A2: aliases are accepted), in the order of the definition; or a refusal that names the field. A ladder takes a level, or rights
 * where the portal has some, or both; roles take one or more; rights take the Administrator or some of them, and with the Administrator on
 * the others say nothing and are left out (CD-019). A narrower scope is for codes that may be held so narrowly.
 *
 * @param field what stands before the names of the fields in a refusal, for instance `items.2.`
 */
export function accessNamed(law: Law, input: AccessInput, field = ''): Pick<AccessGiven, 'level' | 'rights'> {
  const level = input.level ? levelNamed(law, input.level, `${field}level`) : null
  const rights = rightsNamed(law, input.rights ?? [], `${field}rights`)
  if (level === null && rights.length === 0) refuseField(law.levels.length > 0 ? `${field}level` : `${field}rights`, nothingChosen(law))
  const access = { level, rights: law.shape === 'rights' && level !== null ? [] : rights }
  refuseTooNarrow(law, access, input.scope, `${field}scope`)
  return access
}

function levelNamed(law: Law, name: string, field: string): string {
  if (law.levels.length === 0) refuseField(field, `This portal knows no levels. Choose among: ${codesOf(law.rights)}.`)
  return (
    levelOf(law, name) ??
    refuseField(
      field,
      `There is no such level. The ${law.levels.length === 1 ? 'one' : 'levels'} there ${law.levels.length === 1 ? 'is' : 'are'}: ${codesOf(law.levels)}.`,
    )
  ).code
}

function rightsNamed(law: Law, names: readonly string[], field: string): string[] {
  for (const name of names) {
    if (law.rights.some(({ code, aliases }) => code === name || aliases.includes(name))) continue
    const what = law.shape === 'roles' ? 'role' : 'right'
    refuseField(
      field,
      law.rights.length > 0 ? `There is no such ${what}. There are: ${codesOf(law.rights)}.` : 'This portal knows no single rights.',
    )
  }
  return law.rights.filter(({ code, aliases }) => names.some((name) => name === code || aliases.includes(name))).map(({ code }) => code)
}

function nothingChosen(law: Law): string {
  if (law.shape === 'roles') return 'Choose at least one role.'
  if (law.shape === 'rights') return `Choose ${law.levels[0]?.name ?? 'something'}, or switch on at least one right.`
  return law.rights.length > 0 ? 'Choose a level, or switch on a right.' : 'Choose a level.'
}

function refuseTooNarrow(law: Law, access: Pick<AccessGiven, 'level' | 'rights'>, scope: ScopeInput | undefined, field: string): void {
  if (scope === undefined) return
  const { sites = [], records = [] } = scope
  if (sites.length > 0 === records.length > 0)
    refuseField(field, 'Name at least one site, or at least one record, and not both; or leave the scope out.')
  const kind = sites.length > 0 ? 'sites' : 'records'
  const wide = givesOf(access).find((code) => !allowanceOf(law, code)?.scopes.includes(kind))
  if (wide !== undefined)
    refuseField(field, `“${nameOf(law, wide)}” is given for the whole ${law.names.customer}, and not for single ${kind}.`)
}

const codesOf = (known: readonly AllowanceLaw[]): string => known.map(({ code }) => code).join(', ')

/** Everything that an access gives, the level first. */
export const givesOf = ({ level, rights }: Pick<AccessGiven, 'level' | 'rights'>): string[] => [
  ...(level === null ? [] : [level]),
  ...rights,
]

export const allowanceOf = (law: Law, code: string): AllowanceLaw | undefined => allowancesOf(law).find((one) => one.code === code)

/** How a level, role or right is called; the code itself where an older definition gave one that is gone. */
const nameOf = (law: Law, code: string): string => levelOf(law, code)?.name ?? allowanceOf(law, code)?.name ?? code

/** “Work on requests”; “Decision Maker + Phone Manager”; “Invoices and payment (Berlin and Bonn only)”. */
export function accessWords(law: Law, access: Pick<AccessGiven, 'level' | 'rights'> & { readonly scope?: AccessScope }): string {
  const names = givesOf(access).map((code) => nameOf(law, code))
  return `${names.join(' + ')}${scopeWords(access.scope ?? wholeCustomer)}`
}

function scopeWords(scope: AccessScope): string {
  if (scope.kind === 'all') return ''
  const names = scope.kind === 'sites' ? scope.sites.map(({ name }) => name) : scope.records.map(({ number }) => number)
  return names.length === 0 ? ' (nowhere: what it was for is gone)' : ` (${listed(names)} only)`
}

/** What it means, by the one line of each that it gives. */
export const accessSays = (law: Law, access: Pick<AccessGiven, 'level' | 'rights'>): string =>
  givesOf(access)
    .flatMap((code) => allowanceOf(law, code)?.says ?? [])
    .join(' ')

/** What an access covers, said by itself: “everything”, “Berlin and Bonn”. */
export function coversInWords(scope: AccessScope): string {
  if (scope.kind === 'all') return 'everything'
  const names = scope.kind === 'sites' ? scope.sites.map(({ name }) => name) : scope.records.map(({ number }) => number)
  return names.length === 0 ? 'nothing that is still there' : listed(names)
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** The same scope has the same key. */
export function scopeKey(scope: AccessScope): string {
  if (scope.kind === 'all') return 'all'
  const ids = scope.kind === 'sites' ? scope.sites.map(({ siteNo }) => `${siteNo}`) : scope.records.map(({ kind, id }) => `${kind} ${id}`)
  return `${scope.kind} ${[...new Set(ids)].sort().join(',')}`
}

/** Whether two accesses give the same on the same things. */
export const sameAccess = (one: AccessGiven, other: AccessGiven): boolean => accessKey(one) === accessKey(other)

const accessKey = (access: AccessGiven): string => JSON.stringify([access.level, [...access.rights].sort(), scopeKey(access.scope)])

export const heldKey = (held: Held): string => held.map(accessKey).sort().join(' ')

/** The same scope as it would come in; undefined: the whole customer. */
export function scopeInputOf(scope: AccessScope): ScopeInput | undefined {
  if (scope.kind === 'all') return undefined
  if (scope.kind === 'sites') return { sites: scope.sites.map(({ siteNo }) => siteNo).sort((a, b) => a - b) }
  return { records: scope.records.map(({ kind, id }) => ({ kind, id })) }
}

/** Whether the first scope holds all of the second. */
export function covers(wide: AccessScope, narrow: AccessScope): boolean {
  if (wide.kind === 'all') return true
  if (wide.kind === 'sites')
    return narrow.kind === 'sites' && narrow.sites.every(({ siteNo }) => wide.sites.some((site) => site.siteNo === siteNo))
  return narrow.kind === 'records' && narrow.records.every((one) => wide.records.some(({ kind, id }) => kind === one.kind && id === one.id))
}

/** Which of its codes an access gives on what it covers: a narrower scope gives nothing of what may not be given so narrowly. */
function givenWithin(law: Law, access: AccessGiven): string[] {
  const { kind } = access.scope
  return kind === 'all' ? givesOf(access) : givesOf(access).filter((code) => allowanceOf(law, code)?.scopes.includes(kind))
}

/** The codes that somebody has where the scopes cover: on a record, or (nothing said) at the customer as a whole. */
export const heldCodes = (law: Law, held: Held, isCovered: (scope: AccessScope) => boolean = ({ kind }) => kind === 'all'): string[] => [
  ...new Set(held.filter(({ scope }) => isCovered(scope)).flatMap((access) => givenWithin(law, access))),
]

/** On which rows the codes allow an action: one expression for each that allows it at all. */
export const expressionsOf = (law: Law, codes: readonly string[], action: Action): RowExpression[] =>
  codes.flatMap((code) => allowanceOf(law, code)?.may.get(action) ?? [])

/** Whether it allows an action on some rows at least of what it covers. */
export const heldAllows = (law: Law, held: Held, action: Action, isCovered: (scope: AccessScope) => boolean = () => true): boolean =>
  expressionsOf(law, heldCodes(law, held, isCovered), action).length > 0
