// Codes and tokens: made from the system's generator, kept only as hashes, compared in constant time.
import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { codeDigits } from './rules.ts'

// A code has few digits, so its hash must be slow: about 30 ms and 16 MB a guess (OWASP Password Storage: scrypt; ASVS 5.0 V6.5.2).
const cost = { N: 2 ** 14, r: 8, p: 1 } as const
const hashLength = 32

const slowHash = (code: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(code, salt, hashLength, { ...cost, maxmem: 64 * 1024 * 1024 }, (error, hash) => (error ? reject(error) : resolve(hash)))
  })

/** Digits from the system's generator, every code as likely as any other (V6.5.3). */
export const newCode = (): string => String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0')

export async function hashCode(code: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await slowHash(code, salt)
  return `scrypt.${salt.toString('base64url')}.${hash.toString('base64url')}`
}

/** Whether the code is the one behind the hash. Without a hash it does the same work and says no. */
export async function codeMatches(code: string, kept: string | undefined): Promise<boolean> {
  const [, salt, hash] = (kept ?? '').split('.')
  const wanted = Buffer.from(hash ?? '', 'base64url')
  const found = await slowHash(code, Buffer.from(salt ?? 'nobody', 'base64url'))
  return wanted.length === hashLength && timingSafeEqual(found, wanted)
}

/** A session's token: 256 bits, base64url (V7.2.3 asks for 128). */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** A token has too many bits to be guessed, so a fast hash is enough for the table (V6.5.2). */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
