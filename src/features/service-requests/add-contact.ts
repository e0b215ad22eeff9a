// Copying somebody in on a record.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { postTo } from '../conversations/steps.ts'
import { kindOf } from '../records/rules.ts'
import { actingPerson, change, peopleNamed, recordThere, tell } from '../records/steps.ts'
import { contactAddedLetter } from './letters.ts'
import { aboutLetters, nameable } from './steps.ts'
import { namePerson } from './store.ts'

/**
 * Adds an additional contact (OR-082): one of the customer's own people, or somebody with access of any level (O-A22). Whoever holds no more than
 * "copied in" sees this one record from now on, and may answer it (O-A5). A person who is a contact already is refused (409).
 */
export async function addContact(ctx: Context, input: { kind: string; id: string; personId: string }): Promise<void> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  await ctx.writing(`${kind}:add_contact`, { kind: 'record', recordKind: kind, id: input.id }, async (tx) => {
    const there = recordThere(tx)
    const person = await nameable(tx, there, input.personId, 'personId')
    const named = await peopleNamed(tx, there)
    if (named.some(({ personId, relation }) => personId === person.personId && relation !== 'requester'))
      refuse('overlaps', `${person.name} is a contact of ${there.record.number} already.`)
    // The record first: of two who name somebody at once, the second waits here and then sees the first.
    await change(tx, there)
    await namePerson(tx, there.record, there.customer.number, 'additional_contact', person.personId, actingPerson(tx).personId)
    await tell(tx, there, {
      what: 'contact_added',
      detail: { person: person.name, personId: person.personId, organization: person.organizationName },
    })
    const { about, by } = aboutLetters(tx, there)
    if (person.personId !== actingPerson(tx).personId) postTo(tx, there, [person], 'record-contact-added', contactAddedLetter(about, by))
  })
}
