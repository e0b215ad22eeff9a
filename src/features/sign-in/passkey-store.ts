// Passkeys and their challenges in the database. A challenge is taken out as it is used, so it opens nothing twice.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { asId } from '../../kernel/ids.ts'
import { addMilliseconds, instantOf } from '../../kernel/instant.ts'
import { challengeLifetime, type Passkey, type PasskeyId } from './passkey-rules.ts'

const columns = ['id', 'person_id', 'credential_id', 'public_key', 'counter', 'transports', 'name', 'created_at', 'last_used_at'] as const

type Purpose = 'register' | 'sign_in'

export async function addChallenge(tx: WriteTx, challenge: string, purpose: Purpose, personId: PersonId | null): Promise<void> {
  await tx.sql.deleteFrom('passkey_challenges').where('expires_at', '<', new Date(tx.now)).execute()
  const expires = new Date(addMilliseconds(tx.now, challengeLifetime))
  await tx.sql.insertInto('passkey_challenges').values({ challenge, purpose, person_id: personId, expires_at: expires }).execute()
}

/** Takes a challenge out; false where there is none, it ended, or it was for something or somebody else. */
export async function takeChallenge(tx: WriteTx, challenge: string, purpose: Purpose, personId: PersonId | null): Promise<boolean> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('passkey_challenges')
    .where('challenge', '=', challenge)
    .where('purpose', '=', purpose)
    .where('person_id', 'is not distinct from', personId)
    .where('expires_at', '>', new Date(tx.now))
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function passkeysOf(tx: ReadTx, personId: PersonId): Promise<Passkey[]> {
  const rows = await tx.sql
    .selectFrom('passkeys')
    .select(columns)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(passkeyOf)
}

export async function passkeyByCredential(tx: ReadTx, credentialId: string): Promise<Passkey | undefined> {
  const row = await tx.sql.selectFrom('passkeys').select(columns).where('credential_id', '=', credentialId).executeTakeFirst()
  return row && passkeyOf(row)
}

export type NewPasskey = Pick<Passkey, 'personId' | 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'name'>

/** Keeps a new passkey; undefined where its credential is known already. */
export async function addPasskey(tx: WriteTx, passkey: NewPasskey): Promise<Passkey | undefined> {
  const row = await tx.sql
    .insertInto('passkeys')
    .values({
      person_id: passkey.personId,
      credential_id: passkey.credentialId,
      public_key: Buffer.from(passkey.publicKey),
      counter: passkey.counter,
      transports: passkey.transports,
      name: passkey.name,
      created_at: new Date(tx.now),
    })
    .onConflict((oc) => oc.column('credential_id').doNothing())
    .returning(columns)
    .executeTakeFirst()
  return row && passkeyOf(row)
}

/** Notes a use and the authenticator's counter; false where a use with this or a later count was noted meanwhile: a copied passkey. */
export async function notePasskeyUse(tx: WriteTx, id: PasskeyId, counter: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('passkeys')
    .set({ counter, last_used_at: new Date(tx.now) })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb.val(counter === 0)])]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Drops a person's passkey and returns its name; undefined where it is not theirs or not there. */
export async function dropPasskey(tx: WriteTx, personId: PersonId, id: PasskeyId): Promise<string | undefined> {
  const row = await tx.sql
    .deleteFrom('passkeys')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .returning('name')
    .executeTakeFirst()
  return row?.name
}

interface PasskeyRow {
  id: string
  person_id: string
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  name: string
  created_at: Date
  last_used_at: Date | null
}

const passkeyOf = (row: PasskeyRow): Passkey => ({
  id: asId(row.id),
  personId: asId(row.person_id),
  credentialId: row.credential_id,
  publicKey: new Uint8Array(row.public_key),
  counter: row.counter,
  transports: row.transports,
  name: row.name,
  createdAt: instantOf(row.created_at),
  lastUsedAt: row.last_used_at && instantOf(row.last_used_at),
})
