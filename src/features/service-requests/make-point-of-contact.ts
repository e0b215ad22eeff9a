// Saying whom support should talk to about a record.
import type { Context, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { postTo } from '../conversations/steps.ts'
import { kindOf, type NamedPerson } from '../records/rules.ts'
import { actingPerson, change, peopleNamed, type RecordThere, recordThere, tell } from '../records/steps.ts'
import { pointOfContactLetter } from './letters.ts'
import { aboutLetters, nameableAsPointOfContact } from './steps.ts'
import { namePerson, unnamePerson } from './store.ts'

/**
 * Makes somebody the point of contact (OR-085): one of the customer's own people, or a person whose level allows it (OR-086, O-A6). Whoever was it
 * before stays copied in. Refuses with 409 who is it already.
 */
export async function makePointOfContact(ctx: Context, input: { kind: string; id: string; personId: string }): Promise<void> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  await ctx.writing(`${kind}:add_contact`, { kind: 'record', recordKind: kind, id: input.id }, async (tx) => {
    const there = recordThere(tx)
    const person = await nameableAsPointOfContact(tx, there, input.personId, 'personId')
    const named = await peopleNamed(tx, there)
    const before = named.find(({ relation }) => relation === 'point_of_contact')
    if (before?.personId === person.personId)
      refuse('overlaps', `${person.name} is the point of contact of ${there.record.number} already.`)
    await change(tx, there)
    await handOver(tx, there, named, person.personId)
    await tell(tx, there, {
      what: 'point_of_contact',
      detail: { person: person.name, personId: person.personId, organization: person.organizationName, before: before?.name ?? null },
    })
    const { about, by } = aboutLetters(tx, there)
    const readers = [person, ...(before ? [before] : [])].filter(({ personId }) => personId !== actingPerson(tx).personId)
    postTo(tx, there, readers, 'record-point-of-contact', pointOfContactLetter(about, by, `${person.name} (${person.organizationName})`))
  })
}

/** One point of contact at a time: the one before becomes an additional contact, the new one is no longer one. */
async function handOver(tx: WriteTx, { record, customer }: RecordThere, named: readonly NamedPerson[], personId: string): Promise<void> {
  const by = actingPerson(tx).personId
  const before = named.find(({ relation }) => relation === 'point_of_contact')
  if (before) {
    await namePerson(tx, record, customer.number, 'additional_contact', before.personId, by)
    await unnamePerson(tx, record, 'point_of_contact', before.personId)
  }
  await namePerson(tx, record, customer.number, 'point_of_contact', personId, by)
  await unnamePerson(tx, record, 'additional_contact', personId)
}
