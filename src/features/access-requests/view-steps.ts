// A request as the API tells of it, to the side that reads it: the asker is not told which customer it is before there is an answer.
import type { ReadTx } from '../../context/context.ts'
import type { OrganizationId, PersonId } from '../../kernel/ids.ts'
import type { Instant, LocalDate } from '../../kernel/instant.ts'
import { type AccessGiven, accessWords, givesOf } from '../grants/access-rules.ts'
import { type AccessPreview, hasHadAccess, previewAccess, standingGrants } from '../grants/preview-steps.ts'
import { endsOn, type Grant, gives, type Named } from '../grants/rules.ts'
import { domainWarning, imitationWarning, type Warning } from '../grants/warning-rules.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { domainVerdict, firmImitated } from '../organizations/rules.ts'
import { firmsKnownTo, headCounts, nameIfKnown, organizationAt, peopleWorkingAt } from '../organizations/steps.ts'
import { type Difference, differencesOf } from './difference-rules.ts'
import { firstApprovalOf } from './first-approval-store.ts'
import { type AccessRequest, askedAccess, holdingsOf, lapsesOn, type RequestState, requestNumber, stateOf } from './rules.ts'
import { datedOf, isOf, speaksForPartner } from './steps.ts'

export interface RequestView {
  readonly id: string
  readonly number: string
  readonly state: RequestState
  /** Why it is in this state where nobody answered it; null otherwise. */
  readonly note: string | null
  readonly partner: {
    readonly id: string
    readonly name: string
    readonly emailDomain: string | null
    readonly peopleCount: number
    readonly firstTime: boolean
  }
  readonly askedBy: { readonly id: string; readonly name: string; readonly email: string; readonly domainMatches: boolean }
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly addressedTo: string
  readonly items: readonly RequestItemView[]
  readonly endsOn: LocalDate
  readonly reason: string
  readonly askedAt: Instant
  readonly lapsesOn: LocalDate
  readonly answered: { readonly at: Instant; readonly by: Named | null; readonly reason: string | null } | null
  /** For the customer: the first of two approvals, where a second person must approve the same; null: none, or it is over. */
  readonly firstApproval: { readonly by: Named; readonly at: Instant; readonly gives: readonly string[]; readonly endsOn: LocalDate } | null
  readonly preview: (AccessPreview & { readonly existing: null }) | null
  readonly warnings: readonly Warning[]
  readonly abilities: { readonly approve: boolean; readonly deny: boolean; readonly withdraw: boolean }
}

export interface RequestItemView {
  readonly id: string
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null
  readonly level: string | null
  readonly rights: readonly string[]
  readonly scope: AccessGiven['scope']
  /** What is asked for, by the names of the definition. */
  readonly asks: string
  readonly has: (AccessGiven & { readonly gives: string; readonly endsOn: LocalDate }) | null
  /** What differs between that and what is asked; nothing where they have nothing. */
  readonly differences: readonly Difference[]
  readonly grantedLevel: string | null
  readonly grantedRights: readonly string[]
  /** What was given, in words; null: nothing. */
  readonly given: string | null
}

const takenOver = 'A newer request of the same partner took its place.'

/** The warnings of a preview with W8, which asks for the tick where only a look-alike does and nothing else would. */
export async function warnAboutDomain(
  tx: ReadTx,
  { askedBy, partner, customerId }: Pick<AccessRequest, 'askedBy' | 'partner' | 'customerId'>,
  warnings: readonly Warning[],
): Promise<Warning[]> {
  const ofFirm = domainWarning(domainVerdict(askedBy.email, partner.emailDomain), askedBy.email, partner.name, partner.emailDomain)
  const others = customerId === null ? [] : await firmsKnownTo(tx, customerId, partner.id)
  const warning = imitationWarning(firmImitated(askedBy.email, others), askedBy.email, partner.name) ?? ofFirm
  if (warning === null) return [...warnings]
  return warnings.some(({ needsTick }) => needsTick) ? [{ ...warning, needsTick: false, tick: null }, ...warnings] : [warning, ...warnings]
}

/** One request, for the customer with the preview of what is asked while it waits. */
export async function viewOfOne(tx: ReadTx, request: AccessRequest): Promise<RequestView> {
  const [view] = await viewsOf(tx, [request])
  if (!view?.abilities.approve) return view as RequestView
  const customer = await organizationAt(tx, request.customerId as OrganizationId)
  const partner = await organizationAt(tx, request.partner.id)
  const people = await peopleWorkingAt(tx, partner.id)
  const proposed = holdingsOf(request.items.filter(({ waits }) => waits).map((item) => ({ item, access: askedAccess(item) })))
  const preview = await previewAccess(tx, { customer, partner, people, proposed })
  return { ...view, preview: { ...preview, existing: null }, warnings: await warnAboutDomain(tx, request, preview.warnings) }
}

export async function viewsOf(tx: ReadTx, requests: readonly AccessRequest[]): Promise<RequestView[]> {
  const reader = await readerOf(tx)
  const counts = await headCounts(tx, [...new Set(requests.map((request) => request.partner.id))])
  const views: RequestView[] = []
  for (const request of requests) views.push(await viewOf(tx, request, reader, counts.get(request.partner.id) ?? 0))
  return views
}

interface Reader {
  readonly answers: boolean
  readonly speaks: boolean
  readonly isCustomer: boolean
}

async function readerOf(tx: ReadTx): Promise<Reader> {
  const home = homeOf(tx.actor)
  const isCustomer = tx.actor.kind === 'person' && tx.actor.side === 'customer'
  const answers = isCustomer && (await tx.can('access_request:answer', { kind: 'customer', id: home })).allowed
  return { isCustomer, answers, speaks: !isCustomer && (await speaksForPartner(tx, home)) }
}

async function viewOf(tx: ReadTx, request: AccessRequest, reader: Reader, peopleCount: number): Promise<RequestView> {
  const rests = reader.isCustomer && stateOf(request, tx.now) === 'waiting' && !request.items.some(({ waits }) => waits)
  const state = rests ? 'withdrawn' : stateOf(request, tx.now)
  const shown = reader.isCustomer || request.toCustomer || state === 'approved' || state === 'denied' ? request.customerId : null
  return {
    id: request.id,
    number: requestNumber(request.number),
    state,
    note: rests ? takenOver : null,
    ...(await partiesOf(tx, request, shown, peopleCount)),
    addressedTo: request.addressedTo,
    items: itemsOf(tx, request, shown === null ? [] : await standingGrants(tx, shown, request.partner.id), reader),
    endsOn: request.endsOn,
    reason: request.reason,
    askedAt: request.askedAt,
    lapsesOn: lapsesOn(request),
    answered: request.answered,
    firstApproval: reader.isCustomer && state === 'waiting' ? await firstInWords(tx, request) : null,
    preview: null,
    warnings: reader.isCustomer ? await warnAboutDomain(tx, request, []) : [],
    abilities: abilitiesOf(request, state, reader, personOf(tx.actor)),
  }
}

async function partiesOf(tx: ReadTx, { partner, askedBy }: AccessRequest, shown: OrganizationId | null, peopleCount: number) {
  const name = shown === null ? null : await nameIfKnown(tx, shown)
  const firstTime = shown !== null && !(await hasHadAccess(tx, shown, partner.id))
  const domainMatches = ['match', 'unknown'].includes(domainVerdict(askedBy.email, partner.emailDomain))
  return {
    partner: { id: partner.id, name: partner.name, emailDomain: partner.emailDomain, peopleCount, firstTime },
    askedBy: { ...askedBy, domainMatches },
    customer: shown === null || name === null ? null : { id: shown, name },
  }
}

function abilitiesOf({ askedBy }: AccessRequest, state: RequestState, reader: Reader, me: PersonId | null): RequestView['abilities'] {
  const waits = state === 'waiting'
  const mine = askedBy.id === me
  const mayAnswer = reader.answers && waits && !mine
  return { approve: mayAnswer, deny: mayAnswer, withdraw: !reader.isCustomer && waits && (mine || reader.speaks) }
}

async function firstInWords(tx: ReadTx, request: AccessRequest): Promise<RequestView['firstApproval']> {
  const first = await firstApprovalOf(tx, request.id)
  if (first === null) return null
  const { by, at, choice } = first
  const who = (id: string) => request.items.find((item) => item.id === id)?.person?.name ?? `everyone at ${request.partner.name}`
  const given = choice.items
    .map(({ itemId, level = null, rights = [] }) => ({ itemId, level, rights }))
    .filter((one) => givesOf(one).length > 0)
  return { by, at, gives: given.map((one) => `${accessWords(tx.law, one)} for ${who(one.itemId)}`), endsOn: choice.endsOn }
}

/** The parts as the reader meets them; a customer does not meet those whose place a newer request took. */
function itemsOf(tx: ReadTx, request: AccessRequest, grants: readonly Grant[], reader: Reader): RequestItemView[] {
  const waiting = request.items.some(({ waits }) => waits)
  return request.items
    .filter((item) => !reader.isCustomer || item.waits || !waiting)
    .map((item) => {
      const mine = grants.filter((one) => isOf(one, item) && gives(one, tx.now))
      const given = item.granted && accessWords(tx.law, item.granted)
      return {
        id: item.id,
        person: item.person,
        level: item.level,
        rights: item.rights,
        scope: item.scope,
        asks: accessWords(tx.law, item),
        has: mine[0] ? hasNow(tx, mine[0], mine) : null,
        differences: differencesOf(tx.law, mine.map(datedOf), { ...askedAccess(item), endsOn: request.endsOn }),
        grantedLevel: item.granted?.level ?? null,
        grantedRights: item.granted?.rights ?? [],
        given,
      }
    })
}

/** What they have there now; where that is several narrower ones, the first stands for what it is and the words name them all. */
function hasNow(tx: ReadTx, first: Grant, all: readonly Grant[]): NonNullable<RequestItemView['has']> {
  const { level, rights, scope } = first
  return { level, rights, scope, gives: all.map((grant) => accessWords(tx.law, grant)).join('; '), endsOn: endsOn(first) }
}
