// The one table of problems: every answer that is no success is an RFC 9457 problem document made here.
import { z } from 'zod'
import { isRefusal, Refusal } from '../../kernel/refusal.ts'
import { isAway, NoRoom } from '../db/errors.ts'
import { refusalOfRequest } from './wrong-request.ts'

/** Each problem's status and title. `docs/http-answers.md` explains them. */
export const problems = {
  'invalid-input': { status: 400, title: 'The input is wrong' },
  'not-signed-in': { status: 401, title: 'Not signed in' },
  'not-allowed': { status: 403, title: 'Not allowed' },
  looking: { status: 403, title: 'Only looking' },
  'look-over': { status: 409, title: 'The look is over' },
  'not-found': { status: 404, title: 'Not found' },
  'already-answered': { status: 409, title: 'Already answered' },
  overlaps: { status: 409, title: 'Overlaps with another one' },
  stale: { status: 409, title: 'Changed in the meantime' },
  'link-ended': { status: 410, title: 'The link has ended' },
  'too-large': { status: 413, title: 'Too large' },
  'wrong-media-type': { status: 415, title: 'Wrong kind of content' },
  'too-many': { status: 429, title: 'Too many tries' },
  bug: { status: 500, title: 'A mistake of the server' },
  away: { status: 503, title: 'Not available just now' },
  'no-room': { status: 507, title: 'No room to write' },
} as const

export type ProblemCode = keyof typeof problems

export const problemSchema = z
  .object({
    type: z.string().describe('urn:latchkey:problem: and the code'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable; what a program decides by'),
    detail: z.string().describe('One sentence for people'),
    field: z.string().optional().describe('The first field that is wrong'),
    fields: z.array(z.object({ field: z.string(), sentence: z.string() })).optional(),
    because: z.array(z.string()).optional().describe('Why it is not allowed, as sentences'),
    facts: z.record(z.string(), z.unknown()).optional().describe('What else the reader may know, for instance who has answered'),
    ref: z.string().describe('The X-Request-ID: finds the line in the log'),
  })
  .meta({ id: 'Problem', description: 'An RFC 9457 problem document' })

export type Problem = z.infer<typeof problemSchema>

/** The problem document for whatever was thrown. What is no refusal is a bug: its words stay in the log. */
export function problemOf(error: unknown, ref: string): Problem {
  const refusal = asRefusal(error)
  if (!refusal) return problem('bug', 'Something went wrong here. Nothing was changed. Tell whoever runs this portal the reference.', ref)
  const { field, fields, because, detail: facts } = refusal.more
  return {
    ...problem(refusal.code as ProblemCode, refusal.message, ref),
    ...(field === undefined ? {} : { field }),
    ...(fields === undefined ? {} : { fields }),
    ...(because === undefined ? {} : { because }),
    ...(facts === undefined ? {} : { facts }),
  }
}

export function problem(code: ProblemCode, sentence: string, ref: string): Problem {
  const { status, title } = problems[code]
  return { type: `urn:latchkey:problem:${code}`, title, status, code, detail: sentence, ref }
}

interface Refused {
  readonly code: string
  readonly message: string
  readonly more: Refusal['more']
}

function asRefusal(error: unknown): Refused | undefined {
  if (isRefusal(error)) return error
  if (error instanceof NoRoom)
    return new Refusal('no-room', 'There is too little room on the disk, so nothing was changed. Try again when there is more.')
  if (isAway(error)) return new Refusal('away', 'The database cannot be reached just now. Nothing was changed. Try again in a moment.')
  return refusalOfRequest(error)
}
