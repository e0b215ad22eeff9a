// A group that a removal ended, with who was in it, is there again when the removal is undone.
import type { WriteTx } from '../../context/context.ts'
import { groupsMadeFor } from './steps.ts'
import { reopenGroup } from './store.ts'

/** False where another group for the same was made meanwhile. Its people were never taken out of it, so they are in it again. */
export async function bringBackGroup(tx: WriteTx, customerId: string, partnerId: string, groupId: string): Promise<boolean> {
  const made = await groupsMadeFor(tx, customerId, partnerId)
  const group = made.find(({ id }) => id === groupId)
  if (!group || group.endedAt === null || made.some(({ gives, endedAt }) => gives === group.gives && endedAt === null)) return false
  return reopenGroup(tx, groupId)
}
