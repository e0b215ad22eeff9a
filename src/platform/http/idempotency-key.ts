// The Idempotency-Key of a request, with a fingerprint of what the request is, so that a key cannot stand for two requests.
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { refuseField } from '../../kernel/refusal.ts'

const shape = /^[\x21-\x7e]{1,200}$/

/** The key and the fingerprint, or undefined where none was sent. A file's content is not part of the fingerprint. Refuses a malformed key (400). */
export function idempotencyKeyOf(request: FastifyRequest): { key: string; fingerprint: string } | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !shape.test(key)) refuseField('Idempotency-Key', 'expected 1 to 200 printable characters without spaces.')
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json')
  const fingerprint = createHash('sha256').update(`${request.method} ${request.url}\n`)
  if (isJson) fingerprint.update(JSON.stringify(request.body ?? null))
  return { key, fingerprint: fingerprint.digest('hex') }
}
