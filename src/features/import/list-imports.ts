// The imports that were run, the newest first.
import type { Context } from '../../context/context.ts'
import { findRuns } from './runs-store.ts'

export interface ImportRun {
  readonly id: string
  readonly file: string | null
  readonly trustGrants: boolean
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly state: 'running' | 'done' | 'failed' | 'undone'
  readonly counts: Record<string, Record<string, number>>
  readonly undoneAt: string | null
}

export function listImports(ctx: Context): Promise<ImportRun[]> {
  return ctx.reading('portal:operate', { kind: 'portal' }, async (tx) =>
    (await findRuns(tx)).map((run) => ({
      id: run.id,
      file: run.file_name,
      trustGrants: run.trust_grants,
      startedAt: run.started_at.toISOString(),
      finishedAt: run.finished_at?.toISOString() ?? null,
      state: run.state,
      counts: run.counts,
      undoneAt: run.undone_at?.toISOString() ?? null,
    })),
  )
}
