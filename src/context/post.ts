// Outbox: letters are put beside the work they tell of, in the same transaction; they are delivered later, or not at all if the work did not happen.
import type pg from 'pg'
import type { EmailAddress } from '../kernel/email-address.ts'
import type { OrganizationId, PersonId } from '../kernel/ids.ts'
import type { On } from '../law/facts.ts'
import type { Action } from '../law/law.ts'

export type Recipient =
  | { readonly person: PersonId }
  /** Everyone who is in the organization at the instant, with one of the roles if some are named. */
  | { readonly everyoneIn: OrganizationId; readonly roles?: readonly string[]; readonly except?: PersonId }
  /** An address that somebody typed, which need not be anybody's here: the letter holds nothing that a stranger may not read, and has no `onlyIf`. */
  | { readonly address: EmailAddress }

export interface Letter {
  /** Its name, for instance 'access-request-approved'. */
  readonly letter: string
  readonly to: Recipient
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly customerId?: string | null
  readonly partnerId?: string | null
  /** Asked again for the recipient at the moment of sending; the letter is dropped when the answer is no. */
  readonly onlyIf?: { readonly action: Action; readonly on: On }
  /** Letters about one thing share a thread. */
  readonly thread?: string
}

export async function writeLetters(client: pg.PoolClient, letters: readonly Letter[]): Promise<void> {
  for (const letter of letters) {
    const { to } = letter
    if ('address' in to) await client.query('select post_to_address($1, $2, $3, $4, $5, $6, $7, $8)', outsideValuesOf(letter, to.address))
    else await client.query('select post_letter($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', valuesOf(letter, to))
  }
}

function outsideValuesOf({ letter, subject, text, html, customerId, partnerId, onlyIf, thread }: Letter, address: EmailAddress): unknown[] {
  if (onlyIf !== undefined) throw new Error('nobody can be asked about an address')
  return [letter, address, subject.slice(0, 300), text, html, customerId ?? null, partnerId ?? null, thread ?? null]
}

type Inside = Exclude<Recipient, { readonly address: EmailAddress }>

function valuesOf({ letter, subject, text, html, customerId, partnerId, onlyIf, thread }: Letter, to: Inside): unknown[] {
  const question = onlyIf === undefined ? null : JSON.stringify(onlyIf)
  return [letter, ...recipientOf(to), subject.slice(0, 300), text, html, customerId ?? null, partnerId ?? null, question, thread ?? null]
}

/** The person; or the organization, the roles (null: all) and the person who gets none. */
function recipientOf(to: Inside): unknown[] {
  return 'person' in to ? [to.person, null, null, null] : [null, to.everyoneIn, to.roles ?? null, to.except ?? null]
}
