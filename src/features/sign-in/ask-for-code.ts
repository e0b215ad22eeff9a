// Somebody asks for a code by mail. The answer, the limits and the work are the same whether or not the address belongs to anybody.
import { randomUUID } from 'node:crypto'
import type { Context } from '../../context/context.ts'
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { asId } from '../../kernel/ids.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { findCurrentPerson } from '../people/steps.ts'
import { codeLetter } from './letters.ts'
import { codesPerAddress, codesPerAddressWindow } from './rules.ts'
import { hashCode, newCode } from './secrets.ts'
import { portal, signInContext, signInTask } from './sign-in-context.ts'
import { addCode, countCodes } from './store.ts'

/**
 * Mails a code to a person who belongs to an organization now; to any other address nothing is sent (V6.3.8: valid addresses cannot be told).
 * Refuses `invalid-input` for what is no address, `too-many` beyond five in an hour for one address, known or not.
 */
export async function askForCode(ctx: Context, input: { email: string }): Promise<void> {
  const email = parseEmailAddress(input.email) ?? refuseField('email', 'This is no e-mail address. Write it like dana@example.com.')
  const code = newCode()
  const hash = await hashCode(code)
  const isMade = await signInContext(ctx).writing(signInTask, portal, async (tx) => {
    const person = await findCurrentPerson(tx, { email })
    const about = person ? { on: { kind: 'person', id: person.id } } : {}
    if ((await countCodes(tx, email, codesPerAddressWindow)) >= codesPerAddress) {
      tx.record({ what: 'sign_in.too_many', ...about, detail: { person: person?.name ?? null, reason: 'too many codes in an hour' } })
      return false
    }
    await addCode(tx, email, hash)
    // A letter to nobody does the same work in the database and puts nothing into the outbox.
    const to = { person: person?.id ?? asId(randomUUID()) }
    tx.post({ letter: 'sign-in-code', to, ...codeLetter({ name: tx.law.names.vendor, publicUrl: tx.settings.publicUrl }, email, code) })
    tx.record({ what: 'sign_in.code_asked', ...about, detail: { person: person?.name ?? null } })
    return true
  })
  if (!isMade) refuse('too-many', 'Too many codes were asked for with this address. Use the newest one, or try again in an hour.')
}
