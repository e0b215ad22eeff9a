// Ending everything that somebody had by an organization, in the database's one statement for it.
import { sql } from 'kysely'
import type { WriteTx } from '../../context/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { LetGo } from './receipt-rules.ts'

/** For a kind of record: which states are open, and which home roles of a customer may be its point of contact. */
export interface OpenWork {
  readonly kind: string
  readonly open: readonly string[]
  readonly roles: readonly string[]
}

/** What ended and what is left; null where they are not at home there (any more), or came at this very instant. */
export async function letGo(tx: WriteTx, personId: PersonId, organizationId: string, work: readonly OpenWork[]): Promise<LetGo | null> {
  const { rows } = await sql<{ gone: LetGo | null }>`
    select let_go(${personId}, ${organizationId}, ${JSON.stringify(work)}::jsonb) as gone`.execute(tx.sql)
  return rows[0]?.gone ?? null
}
