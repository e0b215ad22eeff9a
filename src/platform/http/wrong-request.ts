// Says in plain sentences what the framework found wrong with a request: its schema, its body, its size, its media type.
import type { FastifyError } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { FieldFault, Refusal } from '../../kernel/refusal.ts'

/** A request that never reached a route's code. `code` is a problem's, which has a few more than refusals have. */
export interface WrongRequest {
  readonly code: string
  readonly message: string
  readonly more: Refusal['more']
}

/** A body or header that is refused before any route sees it. */
export class UnreadableRequest extends Error implements WrongRequest {
  readonly code: 'invalid-input' | 'wrong-media-type' | 'not-allowed'
  readonly more: Refusal['more'] = {}
  constructor(code: 'invalid-input' | 'wrong-media-type' | 'not-allowed', sentence: string) {
    super(sentence)
    this.name = 'UnreadableRequest'
    this.code = code
  }
}

/** What is wrong with the request, where the error is about the request; undefined where it is a bug. */
export function refusalOfRequest(error: unknown): WrongRequest | undefined {
  if (error instanceof UnreadableRequest) return error
  if (hasZodFastifySchemaValidationErrors(error)) return refusalOfSchema(error as unknown as SchemaFault)
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>
  if (typeof code !== 'string' || !code.startsWith('FST_') || statusCode === undefined || statusCode < 400 || statusCode > 499)
    return undefined
  return byStatus[statusCode] ?? { code: 'invalid-input', message: 'The request cannot be read.', more: {} }
}

const byStatus: Record<number, WrongRequest> = {
  404: { code: 'not-found', message: 'There is no such address.', more: {} },
  406: { code: 'wrong-media-type', message: 'This address takes a form with files (multipart/form-data).', more: {} },
  413: { code: 'too-large', message: 'That is larger than this address takes.', more: {} },
  415: { code: 'wrong-media-type', message: 'This address takes JSON (Content-Type: application/json, UTF-8).', more: {} },
}

interface Issue {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: Readonly<Record<string, unknown>>
}
interface SchemaFault {
  readonly validation: readonly Issue[]
  readonly validationContext?: string
}

function refusalOfSchema({ validation, validationContext }: SchemaFault): WrongRequest {
  // What cannot be an id names nothing: the same answer as for an id that nothing has.
  if (validationContext === 'params') return { code: 'not-found', message: 'There is no such thing here.', more: {} }
  const fields = validation.flatMap(faultsOf)
  const first = fields[0]
  const message = first ? (first.field === '' ? first.sentence : `${first.field}: ${first.sentence}`) : 'The input is wrong.'
  return { code: 'invalid-input', message, more: { ...(first ? { field: first.field } : {}), fields } }
}

function faultsOf(issue: Issue): FieldFault[] {
  const path = issue.instancePath.split('/').filter((part) => part !== '')
  if (issue.keyword === 'unrecognized_keys') {
    const keys = (issue.params['keys'] as string[] | undefined) ?? []
    return keys.map((key) => ({ field: [...path, key].join('.').slice(0, 200), sentence: 'There is no such field.' }))
  }
  return [{ field: path.join('.'), sentence: sentenceOf(issue, path) }]
}

/** The schema's own sentence where it has one; otherwise a plain one for what the library says. */
function sentenceOf({ keyword, message, params }: Issue, path: readonly string[]): string {
  if (!/^(Invalid|Too (big|small)|Unrecognized)/.test(message)) return message
  const [, expected, received] = /expected ([^,]+), received (.+)$/.exec(message) ?? []
  if (received === 'undefined' || (path.length === 0 && received === 'null')) return 'This is missing.'
  const sentence = sentences[keyword]?.(params)
  if (sentence !== undefined) return sentence
  return expected === undefined ? 'This is not what is expected here.' : `Expected ${expected}, found ${received}.`
}

type Params = Readonly<Record<string, unknown>>

const sentences: Readonly<Record<string, (params: Params) => string>> = {
  too_big: (params) => `At most ${params['maximum']}${unitOf(params)}.`,
  too_small: (params) =>
    params['minimum'] === 1 && params['origin'] === 'string' ? 'This is empty.' : `At least ${params['minimum']}${unitOf(params)}.`,
  invalid_value: (params) => `Expected one of ${((params['values'] as unknown[]) ?? []).join(', ')}.`,
  invalid_format: (params) => `Not a valid ${String(params['format'] ?? 'value')}.`,
}

function unitOf(params: Params): string {
  return params['origin'] === 'string' ? ' characters' : params['origin'] === 'array' ? ' items' : ''
}
