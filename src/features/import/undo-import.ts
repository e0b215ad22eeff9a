// Takes an import back: every row as it was before, in one transaction, or nothing and a sentence that says why.
import type { Context } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { findRuns, markUndone } from './runs-store.ts'
import { changedSince, joinWholeTables, referringSince, restoreRows, type TouchedRow } from './undo-store.ts'

export interface UndoInput {
  readonly importId: string
}

const mostTold = 10

/**
 * Refuses where rows of the run were changed since, or others came to refer to them: what people did since is not thrown away.
 * @returns how many rows were put back
 */
export function undoImport(ctx: Context, { importId }: UndoInput): Promise<{ id: string; rows: number }> {
  return ctx.writing('portal:operate', { kind: 'portal' }, async (tx) => {
    const [run] = isUuid(importId) ? await findRuns(tx, importId) : []
    if (!run) refuse('not-found', 'There is no such import.')
    if (run.state === 'undone') refuse('stale', 'This import is undone already.')
    await joinWholeTables(tx)
    const changed = await changedSince(tx, importId)
    if (changed.length > 0)
      refuse('stale', `The import is not undone, because these were changed since: ${told(changed)}.`, {
        detail: { changed: changed.slice(0, 100) },
      })
    const referring = await referringSince(tx, importId)
    if (referring.length > 0)
      refuse('stale', `The import is not undone, because what it brought in is in use since: ${told(referring)}.`, {
        detail: { referring },
      })
    const rows = await restoreRows(tx, importId)
    await markUndone(tx, importId)
    tx.record({ what: 'import.undone', on: { kind: 'import', id: importId }, detail: { file: run.file_name, rows } })
    return { id: importId, rows }
  })
}

function told(rows: readonly TouchedRow[]): string {
  const named = rows
    .slice(0, mostTold)
    .map(({ place, label }) => (label.includes(' of ') ? label : `${place.replaceAll('_', ' ')} ${label}`))
  return `${named.join(', ')}${rows.length > mostTold ? ', and more' : ''}`
}
