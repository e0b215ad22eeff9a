// A page of the records of a kind that one may read, newest first, and how many the same filter holds.
import type { Context, ReadTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { instantOf } from '../../kernel/instant.ts'
import type { PageOf } from '../../kernel/page-of.ts'
import { visible } from '../../law/visible.ts'
import { cursorOf, placeOf } from './cursor-rules.ts'
import { countOfRecords, type ListedRecord, recordsAfter } from './list-store.ts'
import type { RecordFilter } from './page-store.ts'
import { peopleOn, withPartners } from './people-store.ts'
import { isPartnerManaged, kindOf, type NamedPerson, partOf, pointOfContactOf, type RecordRow, statesMeant } from './rules.ts'

/** Most records of a page. */
export const longestPage = 100

export interface ListInput {
  readonly kind: string
  /** Only this customer's (OR-092). An id of no customer finds nothing. */
  readonly customer?: string | undefined
  /** `open`, `closed` or a state of the definition. */
  readonly state?: string | undefined
  /** `mine`: only what one opened or is a contact of, for whichever customer (OR-090, O-A19). */
  readonly part?: 'mine' | 'all' | undefined
  /** Part of a number or title; a number that is exactly this comes first. */
  readonly q?: string | undefined
  /** The `next` of the page before. */
  readonly after?: string | undefined
  /** 1 to 100. */
  readonly limit?: number | undefined
}

export interface RecordPage extends PageOf<RecordRow> {
  /** How many records the filter holds, on all pages. */
  readonly total: number
}

/** Lists what the law lets the actor read, and nothing else; what they may not read is in no page, no search and no count (OR-020). */
export async function listRecords(ctx: Context, input: ListInput): Promise<RecordPage> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  const place = input.after === undefined ? undefined : placeOf(input.after)
  const limit = Math.min(Math.max(input.limit ?? 25, 1), longestPage)
  return ctx.reading(`${kind}:read`, { kind: 'self' }, async (tx) => {
    const filter = filterOf(tx, input)
    const rule = visible(tx.law, tx.actor, `${kind}:read`)
    const [found, total] = await Promise.all([
      recordsAfter(tx, kind, rule, filter, place, limit + 1),
      countOfRecords(tx, kind, rule, filter),
    ])
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await rowsOf(tx, kind, page),
      next: found.length > limit && last ? cursorOf(last.place) : null,
      total,
    }
  })
}

/** How many records the filter holds, by the same law. */
export async function countRecords(ctx: Context, input: Omit<ListInput, 'after' | 'limit'>): Promise<{ total: number }> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  return ctx.reading(`${kind}:read`, { kind: 'self' }, async (tx) => ({
    total: await countOfRecords(tx, kind, visible(tx.law, tx.actor, `${kind}:read`), filterOf(tx, input)),
  }))
}

const nobodysId = '00000000-0000-0000-0000-000000000000'

function filterOf(tx: ReadTx, { kind, customer, state, part, q }: ListInput): RecordFilter {
  const search = q?.trim()
  return {
    customerId: onlyCustomer(tx, customer),
    states: state === undefined ? undefined : statesMeant(kindOf(tx.law, kind), state),
    part,
    search: search === '' ? undefined : search,
  }
}

/** The customer that was chosen; where the session is locked to one (BX-11), that one, and nothing of any other. */
function onlyCustomer({ actor }: ReadTx, chosen: string | undefined): string | undefined {
  const focus = actor.kind === 'person' ? (actor.focus ?? undefined) : undefined
  if (chosen === undefined) return focus
  return isUuid(chosen) && (focus === undefined || chosen === focus) ? chosen : nobodysId
}

/** The rows as people meet them: two more statements for the whole page. */
async function rowsOf(tx: ReadTx, kind: string, page: readonly ListedRecord[]): Promise<RecordRow[]> {
  const ids = page.map(({ id }) => id)
  const [named, assigned] = await Promise.all([peopleOn(tx, kind, ids), withPartners(tx, kind, ids)])
  const people = Map.groupBy(named, ({ recordId }) => recordId)
  const me = tx.actor.kind === 'person' ? tx.actor.personId : null
  return page.map((record) => rowOf(record, people.get(record.id) ?? [], assigned.has(record.id), me))
}

function rowOf(record: ListedRecord, people: readonly NamedPerson[], assigned: boolean, me: string | null): RecordRow {
  return {
    id: record.id,
    number: record.number,
    title: record.title,
    state: record.state,
    customer: record.customerId === null ? null : { id: record.customerId, name: record.customerName ?? '' },
    pointOfContact: pointOfContactOf(people, record.customerId),
    partnerManaged: isPartnerManaged(people, assigned ? 1 : 0),
    part: partOf(people, me),
    createdAt: instantOf(record.createdAt),
    updatedAt: instantOf(record.updatedAt),
  }
}
