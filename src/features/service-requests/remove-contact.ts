// Taking somebody who was copied in off a record.
import type { Context } from '../../context/context.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { threadOf } from '../conversations/steps.ts'
import { kindOf, nothingThere } from '../records/rules.ts'
import { actingPerson, change, peopleNamed, recordThere, tell } from '../records/steps.ts'
import { contactRemovedLetter } from './letters.ts'
import { aboutLetters } from './steps.ts'
import { unnamePerson } from './store.ts'

/** Removes an additional contact; anybody else is not found. The point of contact is not removed but handed over. */
export async function removeContact(ctx: Context, input: { kind: string; id: string; personId: string }): Promise<void> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  await ctx.writing(`${kind}:add_contact`, { kind: 'record', recordKind: kind, id: input.id }, async (tx) => {
    const there = recordThere(tx)
    const named = await peopleNamed(tx, there)
    const person = named.find(({ personId, relation }) => personId === input.personId && relation === 'additional_contact')
    if (!person) return refuse('not-found', nothingThere)
    await change(tx, there)
    await tell(tx, there, {
      what: 'contact_removed',
      detail: { person: person.name, personId: person.personId, organization: person.organizationName },
    })
    // Last, because whoever takes their own name off may not see the record after it.
    await unnamePerson(tx, there.record, 'additional_contact', person.personId)
    if (person.personId === actingPerson(tx).personId) return
    const { about, by } = aboutLetters(tx, there)
    tx.post({
      letter: 'record-contact-removed',
      to: { person: asId<PersonId>(person.personId) },
      ...contactRemovedLetter(about, by),
      customerId: there.customer.id,
      // It tells the reader of their own loss, so it asks for no right to the record: only whether they may still be here at all.
      onlyIf: { action: 'self:manage', on: { kind: 'self' } },
      thread: threadOf(there.record),
    })
  })
}
