// A refusal is an answer: what was asked is not done, and the sentence says why. Anything else that is thrown is a bug.

export type RefusalCode =
  | 'invalid-input' // a field is wrong; names it
  | 'not-signed-in'
  | 'not-found' // absent, or the actor may not know that it exists
  | 'not-allowed' // seen, but not for this
  | 'already-answered'
  | 'overlaps'
  | 'stale'
  | 'link-ended'
  | 'looking' // through somebody's eyes, where nothing is changed and not everything is shown
  | 'look-over' // that look ended by itself, and waits to be stopped
  | 'too-many'
  | 'too-large'
  | 'no-room' // the data directory is nearly full
  | 'away' // the database cannot be reached

export interface FieldFault {
  field: string
  sentence: string
}

interface More {
  field?: string
  fields?: FieldFault[]
  because?: string[]
  /** Facts that the reader may see, for instance who has already answered. */
  detail?: Record<string, unknown>
}

export class Refusal extends Error {
  readonly code: RefusalCode
  readonly more: More
  constructor(code: RefusalCode, sentence: string, more: More = {}) {
    super(sentence)
    this.name = 'Refusal'
    this.code = code
    this.more = more
  }
}

/** Ends the work with a refusal. */
export function refuse(code: RefusalCode, sentence: string, more: More = {}): never {
  throw new Refusal(code, sentence, more)
}

/** Ends the work because one field is wrong. */
export function refuseField(field: string, sentence: string): never {
  throw new Refusal('invalid-input', sentence, { field, fields: [{ field, sentence }] })
}

export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal
