// What somebody chose to give or to ask for, in a portal of any shape: a level, roles or rights, and what it covers.
import type { AccessGiven, AccessScope, ScopeChoice } from '../../client/access.ts'
import type { NarrowScope, Portal } from '../../client/portal.ts'

export interface ChosenAccess {
  /** Null: roles or rights alone. */
  level: string | null
  rights: string[]
}

/** What a form about its reach holds; what stands under the other kinds is kept while one tries them. */
export interface ChosenScope {
  kind: AccessScope['kind']
  sites: number[]
  records: { kind: string; id: string; number: string }[]
}

export const nothingChosen: ChosenAccess = { level: null, rights: [] }
export const wholeCompany: ChosenScope = { kind: 'all', sites: [], records: [] }

export const choseSomething = ({ level, rights }: ChosenAccess): boolean => level !== null || rights.length > 0

/** What counts of it: with the Administrator on, the other switches say nothing. */
export function counting({ giving, rights }: Portal, chosen: ChosenAccess): ChosenAccess {
  const overridden = giving.shape === 'rights' && chosen.level !== null
  return { level: chosen.level, rights: overridden ? [] : rights.map(({ code }) => code).filter((code) => chosen.rights.includes(code)) }
}

/** As the API takes it: only what the portal knows. */
export function asSent(portal: Portal, chosen: ChosenAccess): { level?: string; rights?: string[] } {
  const { level, rights } = counting(portal, chosen)
  return { ...(level === null ? {} : { level }), ...(rights.length > 0 ? { rights } : {}) }
}

/** How narrowly all of it may be given. */
export function narrowScopes(portal: Portal, chosen: ChosenAccess): NarrowScope[] {
  const { level, rights } = counting(portal, chosen)
  const given = [...portal.levels.filter(({ code }) => code === level), ...portal.rights.filter(({ code }) => rights.includes(code))]
  if (given.length === 0) return []
  return (['sites', 'records'] as const).filter((scope) => given.every(({ scopes }) => scopes.includes(scope)))
}

/** Undefined: the whole company; null: something is still to be chosen. */
export function scopeSent({ kind, sites, records }: ChosenScope): ScopeChoice | undefined | null {
  if (kind === 'sites') return sites.length > 0 ? { sites } : null
  if (kind === 'records') return records.length > 0 ? { records: records.map((one) => ({ kind: one.kind, id: one.id })) } : null
  return undefined
}

/** The scope of something that is given, for a form to begin with. */
export function scopeOf(scope: AccessScope): ChosenScope {
  if (scope.kind === 'sites') return { ...wholeCompany, kind: 'sites', sites: scope.sites.map(({ siteNo }) => siteNo) }
  return scope.kind === 'records' ? { ...wholeCompany, kind: 'records', records: scope.records } : wholeCompany
}

/** “Decision Maker + Phone Manager”. */
export function accessName(portal: Portal, chosen: ChosenAccess): string {
  const { level, rights } = counting(portal, chosen)
  const levels = portal.levels.filter(({ code }) => code === level)
  return [...levels, ...portal.rights.filter(({ code }) => rights.includes(code))].map(({ name }) => name).join(' + ')
}

export const sameAccess = (one: ChosenAccess, other: ChosenAccess): boolean =>
  one.level === other.level && [...one.rights].sort().join() === [...other.rights].sort().join()

export const sameScope = (one: ChosenScope, other: ChosenScope): boolean =>
  JSON.stringify(scopeSent(one)) === JSON.stringify(scopeSent(other))

export const chosenOf = ({ level, rights }: Pick<AccessGiven, 'level' | 'rights'>): ChosenAccess => ({ level, rights })

/** As it stands in an address: the codes with commas between them. */
export function chosenIn(portal: Portal, text: string | undefined): ChosenAccess {
  const codes = (text ?? '').split(',')
  return {
    level: portal.levels.find(({ code }) => codes.includes(code))?.code ?? null,
    rights: portal.rights.map(({ code }) => code).filter((code) => codes.includes(code)),
  }
}

export const codesOf = ({ level, rights }: ChosenAccess): string => [...(level === null ? [] : [level]), ...rights].join(',')
