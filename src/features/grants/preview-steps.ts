// The preview of an access: who would see and do what, counted in the database and read by the law that will decide afterwards (BX-01).

import type { ReadTx } from '../../context/context.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'
import { letInAction } from '../../law/law.ts'
import { choiceOf } from '../colleagues/rules.ts'
import { membersOfGroups } from '../groups/steps.ts'
import type { Organization, PersonAt } from '../organizations/steps.ts'
import { type AccessScope, accessWords, type Held, heldKey, scopeKey } from './access-rules.ts'
import {
  type Changes,
  type Counts,
  changesBetween,
  combined,
  type Holdings,
  heldBy,
  heldOf,
  type PreviewAbility,
  pagesOpened,
  previewAbilities,
  type RecordGroup,
  reachedBy,
  readable,
} from './preview-rules.ts'
import { recordGroups } from './preview-store.ts'
import { endsOn, type Grant, gives, granteeWords, isForEveryone, rolesThatMay } from './rules.ts'
import { sitesOfCustomer } from './scope-store.ts'
import { grantsWhere, wasGiven } from './store.ts'
import { mustBeUnderstood, openTo, type Warning, warningsOf } from './warning-rules.ts'

export interface Proposal {
  readonly customer: Organization
  readonly partner: Organization
  /** Everybody who works at the partner today. */
  readonly people: readonly PersonAt[]
  /** What would be given. */
  readonly proposed: Holdings
}

export interface AccessPreview {
  readonly people: { readonly now: number; readonly names: readonly string[] }
  readonly records: { readonly total: number; readonly open: number; readonly closed: number }
  readonly messages: number
  readonly files: number
  /** The same by kind of record, those of which nothing could be read included. */
  readonly kinds: readonly PreviewKind[]
  /** The sites that it covers; at most five names. */
  readonly sites: { readonly total: number; readonly names: readonly string[] }
  /** The pages that it opens, by name. */
  readonly pages: readonly string[]
  readonly abilities: readonly PreviewAbility[]
  readonly changes: Changes
  readonly warnings: readonly Warning[]
}

/** Everything in force today between the two. */
export async function holdingsInForce(tx: ReadTx, grants: readonly Grant[]): Promise<Holdings> {
  const giving = grants.filter((grant) => gives(grant, tx.now))
  const ofGroups = Map.groupBy(
    giving.filter(({ group }) => group !== null),
    ({ group }) => group?.id ?? '',
  )
  const members = await membersOfGroups(tx, [...ofGroups.keys()])
  return {
    everyone: giving.filter(isForEveryone),
    groups: [...ofGroups].map(([id, held]) => ({
      id,
      name: held[0]?.group?.name ?? '',
      members: new Set((members.get(id) ?? []).map((member) => member.id as string)),
      held,
    })),
    personal: Map.groupBy(
      giving.filter(({ person }) => person !== null),
      ({ person }) => person?.id as string,
    ),
  }
}

/** The grants between the two that nobody has ended, those whose day has come included. */
export const standingGrants = (tx: ReadTx, customerId: string, partnerId: string): Promise<Grant[]> =>
  grantsWhere(tx, { customerId, partnerId, standing: true })

export async function previewAccess(tx: ReadTx, proposal: Proposal): Promise<AccessPreview> {
  const { customer, partner, people, proposed } = proposal
  const { law } = tx
  const before = await holdingsInForce(tx, await standingGrants(tx, customer.id, partner.id))
  const after = combined(before, proposed)
  const reached = reachedBy(proposed, after, people)
  const helds = heldOf(proposed)
  const groups = await groupsOf(tx, customer, reached, after, helds)
  const { messages, files, ...records } = readable(law, helds, groups)
  return {
    people: { now: reached.length, names: reached.slice(0, 5).map(({ name }) => name) },
    records,
    messages,
    files,
    kinds: kindsOf(tx, helds, groups),
    sites: sitesIn(helds.flat(), await sitesOfCustomer(tx, customer.id)),
    pages: pagesOpened(law, helds),
    abilities: previewAbilities(law, helds, groups),
    changes: changesBetween(law, people, before, after),
    warnings: warningsOf({
      law,
      customer: customer.name,
      partner: partner.name,
      vendor: law.names.vendor,
      people,
      before,
      proposed,
      letIn: await mayLetIn(tx, proposal),
      countsForEveryone: countsPerKind(tx, openTo(proposed, partner.name)?.held ?? [], groups),
    }),
  }
}

/** Administrators of the partner, where the customer lets them decide about colleagues themselves. */
async function mayLetIn(tx: ReadTx, { customer, people }: Proposal): Promise<ReadonlySet<string>> {
  const roles = rolesThatMay(tx.law, 'partner', letInAction)
  const able = people.filter((person) => person.roles.some((role) => roles.includes(role)))
  if (able.length === 0) return new Set()
  const { facts } = await tx.canThey(tx.actor, letInAction, { kind: 'customer', id: customer.id })
  return new Set(choiceOf(tx.law, facts.thing?.customer ?? null) === 'tell' ? able.map(({ id }) => id) : [])
}

export interface PreviewKind {
  readonly kind: string
  /** What its records are called: “ticket”, “tickets”. */
  readonly one: string
  readonly many: string
  readonly total: number
  readonly open: number
}

function kindsOf({ law }: ReadTx, helds: readonly Held[], groups: readonly RecordGroup[]): PreviewKind[] {
  return [...law.kinds.values()].map(({ kind, names }) => {
    const { total, open } = readable(
      law,
      helds,
      groups.filter((group) => group.kind === kind),
    )
    return { kind, one: names.one, many: names.many, total, open }
  })
}

/** Of the customer's sites those that the accesses cover. */
function sitesIn(held: Held, sites: readonly { siteNo: number; name: string }[]): AccessPreview['sites'] {
  const whole = held.some(({ scope }) => scope.kind === 'all')
  const named = new Set(held.flatMap(({ scope }) => (scope.kind === 'sites' ? scope.sites.map(({ siteNo }) => siteNo) : [])))
  const covered = sites.filter(({ siteNo }) => whole || named.has(siteNo))
  return { total: covered.length, names: covered.slice(0, 5).map(({ name }) => name) }
}

async function groupsOf(
  tx: ReadTx,
  customer: Organization,
  reached: readonly PersonAt[],
  after: Holdings,
  proposed: readonly Held[],
): Promise<RecordGroup[]> {
  const named = reached.map(({ id }) => ({ personId: id, held: sameAmong(proposed, heldBy(after, id)) }))
  const narrow = [...proposed.flat(), ...named.flatMap(({ held }) => held)].map(({ scope }) => scope).filter(({ kind }) => kind !== 'all')
  const scopes: AccessScope[] = [...new Map(narrow.map((scope) => [scopeKey(scope), scope])).values()]
  const groups: RecordGroup[] = []
  for (const kind of tx.law.kinds.keys()) groups.push(...(await recordGroups(tx, kind, customer.customerNo ?? -1, named, scopes)))
  return groups
}

/** What a reached person has, or the part of it that the proposal is, where a group's access adds up with another's. */
const sameAmong = (proposed: readonly Held[], held: Held): Held =>
  proposed.find((one) => heldKey(one) === heldKey(held)) ?? proposed.find((one) => one.every((part) => held.includes(part))) ?? held

function countsPerKind({ law }: ReadTx, held: Held, groups: readonly RecordGroup[]): Map<string, Counts> {
  if (held.length === 0) return new Map()
  return new Map(
    [...law.kinds.keys()].map((kind) => [
      kind,
      readable(
        law,
        [held],
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
    .map((grant) => `${granteeWords(grant)}: ${accessWords(tx.law, grant)} until ${dayInWords(endsOn(grant))}`)
}

const noOrganization = '00000000-0000-0000-0000-000000000000'
