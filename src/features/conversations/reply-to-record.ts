// An answer on a record, and a letter to exactly those who were shown as its readers.
import type { Context } from '../../context/context.ts'
import { kindOf } from '../records/rules.ts'
import { actingPerson, change, note, recipientsOf, recordThere } from '../records/steps.ts'
import { repliedLetter } from './letters.ts'
import { type MessageShown, postTo, write } from './steps.ts'

/** Writes a message (1 to 20,000 characters). Who wrote for whom stays with it; a partner's person writes for the record's customer. */
export async function replyToRecord(ctx: Context, input: { kind: string; id: string; body: string }): Promise<MessageShown> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  return ctx.writing(`${kind}:reply`, { kind: 'record', recordKind: kind, id: input.id }, async (tx) => {
    const there = recordThere(tx)
    const message = await write(tx, there, input.body)
    await change(tx, there)
    const letter = repliedLetter(there.record, there.customer, actingPerson(tx), message.body, tx.settings.publicUrl)
    const recipients = await recipientsOf(tx, there)
    postTo(tx, there, recipients, 'record-replied', letter)
    note(tx, there, { what: 'replied', detail: { message: message.id, sentTo: recipients.map(({ name }) => name) } })
    return message
  })
}
