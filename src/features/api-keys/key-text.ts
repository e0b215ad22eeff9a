// The text of a key: made from the system's generator, shown once, kept as a hash.
import { createHash, randomBytes } from 'node:crypto'

export const newKeyText = (): string => `lk_${randomBytes(32).toString('base64url')}`

/** 256 bits cannot be guessed, so a fast hash is enough (ASVS 5.0 V6.5.2). */
export const hashKey = (text: string): string => createHash('sha256').update(text).digest('base64url')
