// The history: what was done, by whom, for whom, newest first, each entry as a sentence. It shows exactly what row security lets the reader see.
import type { Context, ReadTx } from '../../context/context.ts'
import { endOfDay, type Instant, type LocalDate, parseDate, startOfDay } from '../../kernel/instant.ts'
import type { PageOf } from '../../kernel/page-of.ts'
import { refuseField } from '../../kernel/refusal.ts'
import { levelOf } from '../../law/law.ts'
import { changeOf } from './changes.ts'
import { sentenceOf, type Words } from './sentences.ts'
import { entries, type StoredEntry, zoneOfReader } from './store.ts'

export interface HistoryWanted {
  readonly customer?: string | undefined
  readonly partner?: string | undefined
  /** First and last day, in the time zone of the reader's organization. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Things ('grant') or things and their deeds ('grant.given'), separated by commas. */
  readonly what?: string | undefined
  /** Who did it, or whose own access it was about. */
  readonly person?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export interface HistoryEntry {
  readonly id: string
  readonly at: Instant
  readonly what: string
  readonly who: { readonly kind: string; readonly name: string; readonly organization: string | null }
  readonly sentence: string
  /** What was and what is, in words; null where nothing was replaced by something else. */
  readonly before: string | null
  readonly after: string | null
  readonly reason: string | null
  /** For which customer a partner's person did it. */
  readonly for: string | null
  /** By which grant it was allowed. */
  readonly grant: { readonly id: string; readonly number: string } | null
}

/** One page of the history. Needs `history:read`; refuses wrong days and cursors (400, naming the field). */
export function readHistory(ctx: Context, wanted: HistoryWanted): Promise<PageOf<HistoryEntry>> {
  return ctx.reading('history:read', { kind: 'portal' }, (tx) => pageOf(tx, wanted))
}

/** So many entries at most leave in one file. */
const mostExported = 20_000

/** The same, all pages of the filter; refuses (400) more than a file holds, by the field `from`. */
export function exportHistory(ctx: Context, wanted: Omit<HistoryWanted, 'after' | 'limit'>): Promise<readonly HistoryEntry[]> {
  return ctx.reading('history:read', { kind: 'portal' }, async (tx) => {
    const { items, next } = await pageOf(tx, { ...wanted, limit: mostExported })
    return next === null ? items : refuseField('from', `This holds more than ${mostExported} entries. Choose fewer days.`)
  })
}

async function pageOf(tx: ReadTx, wanted: HistoryWanted): Promise<PageOf<HistoryEntry>> {
  const zone = await zoneOfReader(tx)
  const from = dayIn('from', wanted.from)
  const to = dayIn('to', wanted.to)
  if (from !== undefined && to !== undefined && from > to) refuseField('to', 'The last day is before the first.')
  const rows = await entries(tx, {
    customerId: wanted.customer,
    partnerId: wanted.partner,
    from: from && startOfDay(from, zone),
    until: to && endOfDay(to, zone),
    what: wanted.what?.split(','),
    personId: wanted.person,
    beforeId: placeIn(wanted.after),
    limit: wanted.limit + 1,
  })
  const shown = rows.slice(0, wanted.limit)
  const last = shown.at(-1)
  const words = wordsOf(tx)
  return {
    items: shown.map((entry) => asHistory(entry, words)),
    next: rows.length > shown.length && last ? Buffer.from(String(last.id)).toString('base64url') : null,
  }
}

function asHistory({ id, at, what, actorKind, actorName, actorOrganization, detail, grant }: StoredEntry, words: Words): HistoryEntry {
  const who = actorKind === 'system' ? 'Latchkey' : actorKind === 'key' ? `The API key “${actorName}”` : actorName
  const named = actorOrganization === null || actorKind !== 'person' ? who : `${who} (${actorOrganization})`
  return {
    id: String(id),
    at,
    what,
    who: { kind: actorKind, name: actorName, organization: actorOrganization },
    sentence: sentenceOf({ what, who: named, detail }, words),
    ...changeOf(what, detail, words),
    for: typeof detail['for'] === 'string' ? detail['for'] : null,
    grant,
  }
}

function wordsOf({ law }: ReadTx): Words {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  return {
    level: (code) => levelOf(law, code)?.name ?? code,
    state: (kind, code) => law.kinds.get(kind)?.states.find((state) => state.code === code)?.name ?? code,
    one: (kind) => law.kinds.get(kind)?.names.one,
    date: (date) => day.format(new Date(`${date}T00:00:00Z`)),
  }
}

function dayIn(field: string, text: string | undefined): LocalDate | undefined {
  if (text === undefined) return undefined
  return parseDate(text) ?? refuseField(field, 'A day is written like 2026-11-30.')
}

function placeIn(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const id = Buffer.from(cursor, 'base64url').toString('latin1')
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : refuseField('after', 'This is not the "next" of an earlier page.')
}
