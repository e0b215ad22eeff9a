// A person changes how they are called, in which language they are written to, and in which time zone they read.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { checkMyChange, type Me, type MyChange } from './rules.ts'
import { actingPerson, findCurrentPerson, historyOf, meOf } from './steps.ts'
import { savePerson } from './store.ts'

/** Address, organization and roles are not the person's to change: they decide who somebody is. */
export async function changeMe(ctx: Context, input: MyChange): Promise<Me> {
  return ctx.writing('self:manage', { kind: 'self' }, async (tx) => {
    const change = checkMyChange(input)
    const actor = actingPerson(tx)
    const before = await findCurrentPerson(tx, { id: actor.personId })
    if (!before) refuse('not-signed-in', 'You are not with an organization of this portal any more.')
    const { name = before.name, language = before.language, timeZone = before.timeZone } = change
    const after = { ...before, name, language, timeZone }
    await savePerson(tx, after)
    const words = ({ name: n, language: l, timeZone: z }: typeof after) => ({ name: n, language: l, timeZone: z })
    tx.record({
      what: 'person.changed',
      ...historyOf(actor),
      on: { kind: 'person', id: before.id },
      detail: { before: words(before), after: words(after) },
    })
    return meOf(tx, after)
  })
}
