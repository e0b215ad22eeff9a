// Saves rows with ids of their own: what is new is added, what is here is changed, and both are noted for the undo.
import type { WriteTx } from '../../context/context.ts'
import { noteChanges, type PlaceName, type Run, rowsBefore } from './places-store.ts'

interface ToSave<Values> {
  readonly fresh: boolean
  readonly values: Values
}

type Write<Values> = (tx: WriteTx, values: readonly Values[]) => Promise<unknown>

export async function saveRows<Values extends { readonly id: string }>(
  tx: WriteTx,
  run: Run,
  place: PlaceName,
  rows: readonly ToSave<Values>[],
  write: { readonly add: Write<Values>; readonly change: Write<Values> },
): Promise<void> {
  const added = rows.filter(({ fresh }) => fresh).map(({ values }) => values)
  const changed = rows.filter(({ fresh }) => !fresh).map(({ values }) => values)
  const keysOf = (values: readonly Values[]) => values.map(({ id }) => [id])
  const before = await rowsBefore(tx, place, keysOf(changed))
  if (added.length > 0) await write.add(tx, added)
  if (changed.length > 0) await write.change(tx, changed)
  await noteChanges(tx, run, place, keysOf([...added, ...changed]), before)
}
