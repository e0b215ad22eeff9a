// What other features ask about groups inside their own open door.
import type { ReadTx } from '../../context/context.ts'
import { type Member, membersNow } from './store.ts'

/** Who is in each of the groups today. */
export async function membersOfGroups(tx: ReadTx, groupIds: readonly string[]): Promise<Map<string, Member[]>> {
  return Map.groupBy(await membersNow(tx, groupIds), ({ groupId }) => groupId)
}
