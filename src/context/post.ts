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
  /** Whoever chose the letter's notice at its customer; each may have to be asked about when it is sent. */
  | { readonly subscribersExcept: PersonId | null }
  /** An address that somebody typed, which need not be anybody's here: the letter holds nothing that a stranger may not read, and has no `onlyIf`. */
  | { readonly address: EmailAddress }

/** Asked for the recipient; `while`: and the access is in force still, or the request still waits for an answer. */
export interface Question {
  readonly action: Action
  readonly on: On
  readonly while?: 'in_force' | 'waiting'
}

export type OnlyIf = Question | { readonly all: readonly OnlyIf[] } | { readonly any: readonly OnlyIf[] }

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
  readonly onlyIf?: OnlyIf
  /** What people may choose about it for its customer: mail at once, the daily digest, or not at all. Without this it always goes at once. */
  readonly notice?: string
  /** Letters about one thing share a thread. */
  readonly thread?: string
}

export async function writeLetters(client: pg.PoolClient, letters: readonly Letter[]): Promise<void> {
  for (const letter of letters) {
    const { to } = letter
    // What was right when it was written may have ended when it is sent: a letter about a customer says what to ask then.
    if (letter.customerId && letter.onlyIf === undefined && !('address' in to))
      throw new Error(`the letter ${letter.letter} is never asked about`)
    if ('address' in to) await client.query('select post_to_address($1, $2, $3, $4, $5, $6, $7, $8)', outsideValuesOf(letter, to.address))
    else if ('subscribersExcept' in to)
      await client.query('select post_to_subscribers($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        letter.letter,
        to.subscribersExcept,
        ...contentOf(letter),
      ])
    else
      await client.query('select post_letter($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)', [
        letter.letter,
        ...recipientOf(to),
        ...contentOf(letter),
      ])
  }
}

function outsideValuesOf({ letter, subject, text, html, customerId, partnerId, onlyIf, thread }: Letter, address: EmailAddress): unknown[] {
  if (onlyIf !== undefined) throw new Error('nobody can be asked about an address')
  return [letter, address, subject.slice(0, 300), text, html, customerId ?? null, partnerId ?? null, thread ?? null]
}

type Inside = Exclude<Recipient, { readonly address: EmailAddress } | { readonly subscribersExcept: unknown }>

function contentOf({ subject, text, html, customerId, partnerId, onlyIf, thread, notice }: Letter): unknown[] {
  const question = onlyIf === undefined ? null : JSON.stringify(onlyIf)
  return [subject.slice(0, 300), text, html, customerId ?? null, partnerId ?? null, question, thread ?? null, notice ?? null]
}

/** The person; or the organization, the roles (null: all) and the person who gets none. */
function recipientOf(to: Inside): unknown[] {
  return 'person' in to ? [to.person, null, null, null] : [null, to.everyoneIn, to.roles ?? null, to.except ?? null]
}
