// The people of one's own partner as they stand at a chosen customer: who has access, what waits, and what one may do in each row (CD-014, CD-021, CD-030).
import type { Context, ReadTx } from '../../context/context.ts'
import type { LocalDate } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import { standing } from '../../law/grants-in-force.ts'
import { type ColleagueChoice, letInAction } from '../../law/law.ts'
import { type AccessRequest, requestNumber } from '../access-requests/rules.ts'
import { waitingRequestsAt } from '../access-requests/steps.ts'
import type { AccessScope } from '../grants/access-rules.ts'
import { type Holdings, heldBy } from '../grants/preview-rules.ts'
import { holdingsInForce, standingGrants } from '../grants/preview-steps.ts'
import { endsOn, type Grant } from '../grants/rules.ts'
import { linkBetween } from '../links/steps.ts'
import { type LinkView, mayAskForLinks, viewForPartner } from '../links/view-steps.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt, type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { actionOf, choiceOf, codesToPassOn, hasInWords, lastDayOfOwn, type RowAction } from './rules.ts'

export interface ColleagueRow {
  readonly person: { readonly id: string; readonly name: string; readonly email: string }
  readonly isMe: boolean
  /** Null to whoever is no administrator, about anybody else. */
  readonly hasAccess: boolean | null
  /** What they were given there by name, the first where it is several; null: nothing by name. */
  readonly access: {
    readonly grantId: string
    readonly level: string | null
    readonly rights: readonly string[]
    readonly scope: AccessScope
    readonly gives: string
    readonly endsOn: LocalDate
  } | null
  /** What they have there otherwise, by a group or as everyone has it; null: nothing, or what they have by name counts instead. */
  readonly otherwise: { readonly gives: string; readonly groups: readonly string[] } | null
  readonly waiting: { readonly requestId: string; readonly number: string } | null
  readonly action: RowAction
}

export interface ColleaguesAt {
  readonly customer: { readonly id: string; readonly name: string }
  readonly link: LinkView
  readonly choice: ColleagueChoice
  /** Whether the reader lets in colleagues there, and then what and until when at most. */
  readonly letIn: { readonly codes: readonly string[]; readonly lastDay: LocalDate | null } | null
  readonly rows: readonly ColleagueRow[]
}

/** A customer that the partner has nothing to do with is not found, known or not. */
export function listColleaguesAt(ctx: Context, input: { customerId: string }): Promise<ColleaguesAt> {
  const home = homeOf(ctx.actor)
  const partnerOn = { kind: 'partner', id: home } as const
  return ctx.reading('access:read', partnerOn, async (tx) => {
    const between = await linkBetween(tx, input.customerId, home)
    if (!between) refuse('not-found', 'There is no such customer, or you cannot see it.')
    const customer = await organizationAt(tx, input.customerId)
    const partner = await organizationAt(tx, home)
    const { decision, facts } = await tx.canThey(tx.actor, letInAction, { kind: 'customer', id: customer.id })
    const own = standing(facts).used
    const link = viewForPartner(
      { customer: named(customer), partner: named(partner) },
      between.standing,
      between.link,
      await mayAskForLinks(tx, home),
    )
    const mayLetIn = decision.allowed
    return {
      customer: named(customer),
      link,
      choice: choiceOf(tx.law, facts.thing?.customer ?? null),
      letIn: mayLetIn ? { codes: codesToPassOn(tx.law, own), lastDay: lastDayOfOwn(own, customer.timeZone) } : null,
      rows: await rowsOf(tx, { home, customerId: customer.id, linked: between.standing === 'linked', mayLetIn }),
    }
  })
}

const named = ({ id, name }: { id: string; name: string }) => ({ id, name })

interface Around {
  readonly home: string
  readonly customerId: Parameters<typeof waitingRequestsAt>[2]
  readonly linked: boolean
  readonly mayLetIn: boolean
}

async function rowsOf(tx: ReadTx, around: Around): Promise<ColleagueRow[]> {
  const { home, customerId, linked, mayLetIn } = around
  const on = { kind: 'partner', id: home } as const
  const grants = await standingGrants(tx, customerId, home)
  const known: Known = {
    linked,
    mayLetIn,
    mayAskForOthers: (await tx.can('access_request:ask_for_people', on)).allowed,
    mayAskForSelf: (await tx.can('access_request:ask_for_self', on)).allowed,
    grants,
    holdings: await holdingsInForce(tx, grants),
    waiting: await waitingRequestsAt(tx, home, customerId),
  }
  const rows: ColleagueRow[] = []
  for (const person of await peopleWorkingAt(tx, home)) rows.push(rowOf(tx, person, known))
  return rows
}

interface Known {
  readonly linked: boolean
  readonly mayLetIn: boolean
  readonly mayAskForOthers: boolean
  readonly mayAskForSelf: boolean
  readonly grants: readonly Grant[]
  readonly holdings: Holdings
  readonly waiting: readonly AccessRequest[]
}

function rowOf(tx: ReadTx, { id, name, email }: PersonAt, known: Known): ColleagueRow {
  const { linked, mayLetIn, mayAskForOthers, grants, holdings } = known
  const person = { id, name, email }
  const isMe = id === personOf(tx.actor)
  if (!isMe && !mayAskForOthers && !mayLetIn)
    return { person, isMe, hasAccess: null, access: null, otherwise: null, waiting: null, action: 'none' }
  const byName = grants.filter((grant) => grant.person?.id === id && grant.confirmedAt !== null && grant.until > tx.now)
  const request = known.waiting.find(({ items }) => items.some((item) => item.person?.id === id))
  const mayAsk = isMe ? known.mayAskForSelf : mayAskForOthers
  return {
    person,
    isMe,
    hasAccess: heldBy(holdings, id).length > 0,
    access: accessOf(tx, byName),
    otherwise: otherwiseOf(tx, known, id),
    waiting: request ? { requestId: request.id, number: requestNumber(request.number) } : null,
    action: actionOf({ isMe, has: byName.length > 0, waits: request !== undefined, linked, mayAsk, mayLetIn }),
  }
}

/** By the groups they are in, or as everyone at the partner. */
function otherwiseOf(tx: ReadTx, { grants, holdings }: Known, personId: string): ColleagueRow['otherwise'] {
  if (holdings.personal.has(personId)) return null
  const held = heldBy(holdings, personId)
  const counting = grants.filter((grant) => held.includes(grant)).map((grant) => ({ ...grant, endsOn: endsOn(grant) }))
  if (counting.length === 0) return null
  return { gives: hasInWords(tx.law, counting), groups: [...new Set(counting.flatMap(({ group }) => (group ? [group.name] : [])))] }
}

function accessOf(tx: ReadTx, grants: readonly Grant[]): ColleagueRow['access'] {
  const [first] = grants
  if (!first) return null
  const words = hasInWords(
    tx.law,
    grants.map((grant) => ({ ...grant, endsOn: endsOn(grant) })),
  )
  const { id, level, rights, scope } = first
  return { grantId: id, level, rights, scope, gives: words, endsOn: endsOn(first) }
}
