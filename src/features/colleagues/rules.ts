// Letting in colleagues: what the customer says to it, and that nobody passes on more than they have themselves, nor for longer.
import { dayInWords, type Instant, type LocalDate, lastDayOf } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { CustomerFact, GrantFact } from '../../law/facts.ts'
import type { ColleagueChoice, Law } from '../../law/law.ts'
import { codesWithin } from '../../law/within.ts'
import { type AccessGiven, type AccessScope, accessWords, allowanceOf, covers, givesOf } from '../grants/access-rules.ts'
import type { Term } from '../grants/rules.ts'

/** What holds at the customer: its own choice, or else the definition's word, or else no (BX-15). */
export const choiceOf = (law: Law, customer: Pick<CustomerFact, 'colleagues'> | null): ColleagueChoice =>
  customer?.colleagues ?? law.colleagues ?? 'forbid'

/** Refuses (404) to choose where the portal knows no letting in at all. */
export function refuseWithoutColleagues(law: Law): void {
  if (law.colleagues === null) refuse('not-found', 'There is no such thing, or you cannot see it.')
}

export interface Within {
  /** What decides for the acting person at the customer. */
  readonly own: readonly GrantFact[]
  readonly access: AccessGiven
  readonly until: Instant
  readonly customer: { readonly name: string; readonly timeZone: string }
}

/** Refuses what the acting person does not have themselves: a level or right (it is named), a wider scope, a later end. */
export function refuseBeyondOwn(law: Law, { own, access, until, customer }: Within): void {
  const within = codesWithin(law)
  for (const code of givesOf(access)) {
    const holders = within.get(code) ?? []
    const holding = own.filter(
      (grant) => givenCodes(law, grant).some((one) => holders.includes(one)) && covers(scopeOf(grant), access.scope),
    )
    const name = allowanceOf(law, code)?.name ?? code
    if (holding.length === 0)
      refuseField(
        access.level === code ? 'level' : 'rights',
        `You can give no more than you have at ${customer.name} yourself, and “${name}” there is not part of it. Nothing was given.`,
      )
    const latest = holding.reduce((last, grant) => (grant.until > last ? grant.until : last), holding[0]?.until ?? until)
    if (latest < until)
      refuseField(
        'endsOn',
        `Your own access to ${customer.name} ends on ${dayInWords(lastDayOf(latest, customer.timeZone))}: nobody whom you let in has it for longer.`,
      )
  }
}

/** What a grant gives on what it covers. */
const givenCodes = (law: Law, grant: GrantFact): string[] => {
  const { kind } = grant.scope
  return kind === 'all' ? givesOf(grant) : givesOf(grant).filter((code) => allowanceOf(law, code)?.scopes.includes(kind))
}

const scopeOf = ({ scope }: GrantFact): AccessScope => {
  if (scope.kind === 'sites') return { kind: 'sites', sites: scope.siteNos.map((siteNo) => ({ siteNo, name: '' })) }
  return scope.kind === 'records' ? { kind: 'records', records: scope.records.map(({ kind, id }) => ({ kind, id, number: '' })) } : scope
}

/** The last day until which the acting person can let somebody in: the latest end of what they have for the whole customer. */
export function lastDayOfOwn(own: readonly GrantFact[], zone: string): LocalDate | null {
  const ends = own.filter(({ scope }) => scope.kind === 'all').map(({ until }) => until)
  const latest = ends.sort().at(-1)
  return latest === undefined ? null : lastDayOf(latest, zone)
}

/** On the last day of one's own access that of a colleague ends when one's own does, be it in the middle of the day. */
export function notAfterOwn(own: readonly GrantFact[], term: Term, zone: string): Term {
  const latest = own
    .map(({ until }) => until)
    .sort()
    .at(-1)
  return latest !== undefined && latest < term.until && lastDayOf(latest, zone) === term.endsOn ? { ...term, until: latest } : term
}

/** Which codes somebody can pass on: those that are given by something that they have for the whole customer. */
export function codesToPassOn(law: Law, own: readonly GrantFact[]): string[] {
  const held = own.filter(({ scope }) => scope.kind === 'all').flatMap(givesOf)
  return [...codesWithin(law)].filter(([, by]) => by.some((code) => held.includes(code))).map(([code]) => code)
}

/** “nothing”, “Orders + Usage until 21 May 2027”: what a person of the partner has at the customer by name. */
export const hasInWords = (law: Law, grants: readonly (AccessGiven & { readonly endsOn: LocalDate })[]): string =>
  grants.length === 0 ? 'nothing' : grants.map((grant) => `${accessWords(law, grant)} until ${dayInWords(grant.endsOn)}`).join('; ')

/** What the administrator finds in the row of a person (CD-030, CD-031, CD-036, CD-044). */
export type RowAction = 'none' | 'request' | 'wait' | 'add' | 'edit'

export interface RowFacts {
  readonly isMe: boolean
  readonly has: boolean
  readonly waits: boolean
  readonly linked: boolean
  readonly mayAsk: boolean
  readonly mayLetIn: boolean
}

export function actionOf({ isMe, has, waits, linked, mayAsk, mayLetIn }: RowFacts): RowAction {
  if (waits) return 'wait'
  // Nobody changes their own entry (CD-053); what they do not have yet they may ask for.
  if (mayLetIn && !isMe) return has ? 'edit' : 'add'
  return linked && mayAsk && !has ? 'request' : 'none'
}
