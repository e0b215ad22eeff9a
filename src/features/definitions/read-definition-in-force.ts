// The definition in force, as its author wrote it: from the first `portal apply` on, the database is where it stands.
import type { Context } from '../../context/context.ts'
import type { Instant } from '../../kernel/instant.ts'
import { definitionInForce } from './store.ts'

export interface DefinitionInForce {
  readonly portal: string
  readonly version: number
  readonly source: string
  readonly appliedAt: Instant
  /** Null: the server at its start. */
  readonly appliedBy: string | null
}

/** Needs `portal:operate`. */
export function readDefinitionInForce(ctx: Context): Promise<DefinitionInForce> {
  return ctx.reading('portal:operate', { kind: 'portal' }, definitionInForce)
}
