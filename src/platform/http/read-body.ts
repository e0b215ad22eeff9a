// Reads JSON bodies: broken UTF-8, null bytes, half characters and bottomless nesting are refused before a schema sees them.
import type { FastifyInstance } from 'fastify'
import { UnreadableRequest } from './wrong-request.ts'

const deepest = 64

/** Makes JSON in UTF-8 the only content that routes take (multipart is added where a route asks for it). */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/json(?:$|;)/i, { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
    if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
      return done(new UnreadableRequest('wrong-media-type', 'JSON is taken in UTF-8 alone.'), undefined)
    const text = utf8(body as Buffer)
    if (text === undefined) return done(new UnreadableRequest('invalid-input', 'The body is not valid UTF-8.'), undefined)
    if (text.trim() === '') return done(null, undefined)
    void parse(request, text, (error, value) => {
      if (error) return done(new UnreadableRequest('invalid-input', 'The body is not valid JSON.'), undefined)
      const fault = faultOfText(value)
      return fault === undefined ? done(null, value) : done(new UnreadableRequest('invalid-input', fault), undefined)
    })
  })
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The sentence that refuses a text of the value, or undefined. Walks without recursion: the nesting is the sender's. */
function faultOfText(value: unknown): string | undefined {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return `The body is nested deeper than ${deepest} levels.`
    const fault = level.map((part) => (typeof part === 'string' ? faultOf(part) : undefined)).find((found) => found !== undefined)
    if (fault !== undefined) return fault
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.entries(part).flat() : []))
  }
  return undefined
}

/** Why the text cannot be kept, or undefined. For text that does not come as JSON too, such as the fields of a form. */
export function faultOf(text: string): string | undefined {
  if (text.includes('\0')) return 'Text with a null byte is not taken.'
  return text.isWellFormed() ? undefined : 'Text with half a character (a lone surrogate) is not taken.'
}

/** Refuses an address whose percent-encoding is no UTF-8 or holds a null byte. */
export function checkAddress(url: string): void {
  let decoded: string
  try {
    decoded = decodeURIComponent(url)
  } catch {
    throw new UnreadableRequest('invalid-input', 'The address is not valid UTF-8.')
  }
  if (faultOf(decoded) !== undefined) throw new UnreadableRequest('invalid-input', 'The address holds a null byte.')
}
