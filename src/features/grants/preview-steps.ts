// The preview of an access: who would see and do what, counted in the database and read by the law that will decide afterwards (BX-01).
import type { ReadTx } from '../../context/context.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { Organization, PersonAt } from '../organizations/steps.ts'
import {
  type Changes,
  type Counts,
  changesBetween,
  combined,
  type Levels,
  levelFor,
  type PreviewAbility,
  previewAbilities,
  type RecordGroup,
  reachedBy,
  readable,
} from './preview-rules.ts'
import { recordGroups } from './preview-store.ts'
import { dayInWords, endsOn, type Grant, gives, levelName } from './rules.ts'
import { grantsWhere, wasGiven } from './store.ts'
import { mustBeUnderstood, type Warning, warningsOf } from './warning-rules.ts'

export interface Proposal {
  readonly customer: Organization
  readonly partner: Organization
  /** Everybody who works at the partner today. */
  readonly people: readonly PersonAt[]
  /** The levels that would be given. */
  readonly levels: Levels
}

export interface AccessPreview {
  readonly people: { readonly now: number; readonly names: readonly string[] }
  readonly records: { readonly total: number; readonly open: number; readonly closed: number }
  readonly messages: number
  readonly files: number
  readonly abilities: readonly PreviewAbility[]
  readonly changes: Changes
  readonly warnings: readonly Warning[]
}

/** Everything in force today between the two, as levels. */
export function levelsInForce(tx: ReadTx, grants: readonly Grant[]): Levels {
  const giving = grants.filter((grant) => gives(grant, tx.now))
  const personal = giving.flatMap(({ person, level }): [string, string][] => (person ? [[person.id, level]] : []))
  return { everyone: giving.find(({ person }) => person === null)?.level ?? null, personal: new Map(personal) }
}

/** The grants between the two that nobody has ended, those whose day has come included. */
export const standingGrants = (tx: ReadTx, customerId: string, partnerId: string): Promise<Grant[]> =>
  grantsWhere(tx, { customerId, partnerId, standing: true })

export async function previewAccess(tx: ReadTx, proposal: Proposal): Promise<AccessPreview> {
  const { customer, partner, people, levels: proposed } = proposal
  const { law } = tx
  const before = levelsInForce(tx, await standingGrants(tx, customer.id, partner.id))
  const after = combined(before, proposed)
  const reached = reachedBy(proposed, after, people)
  const groups = await groupsOf(tx, customer, reached, after)
  const levels = [...new Set([proposed.everyone, ...proposed.personal.values()].filter((level) => level !== null))]
  const { messages, files, ...records } = readable(law, levels, groups)
  return {
    people: { now: reached.length, names: reached.slice(0, 5).map(({ name }) => name) },
    records,
    messages,
    files,
    abilities: previewAbilities(law, levels, groups),
    changes: changesBetween(law, people, before, after),
    warnings: warningsOf({
      law,
      customer: customer.name,
      partner: partner.name,
      vendor: law.names.vendor,
      people,
      before,
      proposed,
      countsForEveryone: countsPerKind(tx, proposed.everyone, groups),
    }),
  }
}

async function groupsOf(tx: ReadTx, customer: Organization, reached: readonly PersonAt[], after: Levels): Promise<RecordGroup[]> {
  const named = reached.map(({ id }) => ({ personId: id, level: levelFor(after, id) ?? '' }))
  const groups: RecordGroup[] = []
  for (const kind of tx.law.kinds.keys()) groups.push(...(await recordGroups(tx, kind, customer.customerNo ?? -1, named)))
  return groups
}

function countsPerKind({ law }: ReadTx, level: string | null, groups: readonly RecordGroup[]): Map<string, Counts> {
  if (level === null) return new Map()
  return new Map(
    [...law.kinds.keys()].map((kind) => [
      kind,
      readable(
        law,
        [level],
        groups.filter((group) => group.kind === kind),
      ),
    ]),
  )
}

/** The server's own look at the tick: a page that does not show the warning cannot skip it. */
export function refuseUnlessUnderstood(warnings: readonly Warning[], understood: boolean | undefined): void {
  const asking = warnings.find((warning) => warning.needsTick)
  if (!asking || !mustBeUnderstood(warnings) || understood === true) return
  refuseField('understood', `Nothing was given. Read this and say that you understand it: ${asking.title}. ${asking.text}`)
}

/** Whether the customer ever gave the partner access before. */
export const hasHadAccess = (tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> => wasGiven(tx, customerId, partnerId)

/** What the partner's people have at the customer, one line each, as far as the actor may know it. */
export async function standingInWords(tx: ReadTx, customerId: string | null, partnerId: string): Promise<string[]> {
  const grants = await standingGrants(tx, customerId ?? noOrganization, partnerId)
  return grants
    .filter((grant) => gives(grant, tx.now))
    .map(
      (grant) =>
        `${grant.person?.name ?? `everyone at ${grant.partner.name}`}: ${levelName(tx.law, grant.level)} until ${dayInWords(endsOn(grant))}`,
    )
}

const noOrganization = '00000000-0000-0000-0000-000000000000'
