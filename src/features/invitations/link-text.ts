// What stands behind /invite/ in a link: made from the system's generator, shown once, kept as a hash.
import { createHash, randomBytes } from 'node:crypto'

export const newToken = (): string => randomBytes(32).toString('base64url')

/** 256 bits cannot be guessed, so a fast hash is enough (ASVS 5.0 V6.5.2). */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
