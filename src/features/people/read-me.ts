// The signed-in person, as they see themselves.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Me } from './rules.ts'
import { actingPerson, findCurrentPerson, meOf } from './steps.ts'

export function readMe(ctx: Context): Promise<Me> {
  return ctx.reading('self:manage', { kind: 'self' }, async (tx) => {
    const person = await findCurrentPerson(tx, { id: actingPerson(tx).personId })
    return person ? meOf(tx, person) : refuse('not-signed-in', 'You are not with an organization of this portal any more.')
  })
}
