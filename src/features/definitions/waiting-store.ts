// What waits for an answer by words of a definition: requests that ask for a level, role or right, and invitations that offer one.
// API keys are no part of this: they hold no word of a definition, and hear of people what those people's own answers are.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import type { Held } from './left-rules.ts'
import { counted, heldIn, type Row } from './left-store.ts'

/** Words that are asked for or offered, with how many wait and the first three; as of the instant of the question. */
export function wordsThatWait(tx: ReadTx): Promise<Held[]> {
  const { now } = tx
  const waiting = sql`i.pending_customer_id is not null and q.state = 'pending' and q.lapses_at > ${now}`
  const grantee = sql`case when i.person_id is null then 'organization' else 'person' end`
  return heldIn(tx, [
    ['level asked for', askedFor(sql`i.level`, sql`where i.level is not null and ${waiting}`)],
    ['right asked for', askedFor(sql`r.word`, sql`, unnest(i.rights) as r (word) where ${waiting}`)],
    ['sort of grantee asked for', askedFor(grantee, sql`where ${waiting}`)],
    [
      'right offered',
      counted(
        sql`r.word`,
        sql`'I-' || n.number`,
        sql`invitations n, unnest(n.gives) as r (word) where n.state = 'waiting' and n.lapses_at > ${now}`,
      ),
    ],
  ])
}

/** A request for several people asks for a word once. */
const askedFor = (word: RawBuilder<unknown>, rest: RawBuilder<unknown>): RawBuilder<Row> =>
  counted(
    sql`asked.word`,
    sql`'R-' || asked.number`,
    sql`(select distinct ${word} as word, q.number from access_request_items i join access_requests q on q.id = i.request_id ${rest}) as asked`,
  )
