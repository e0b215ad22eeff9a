// A refusal of the API, as it came: what did not happen, which field, why, and the reference that finds the log line.

/** The body of an `application/problem+json` answer (RFC 9457). */
export interface ProblemBody {
  type?: string
  title: string
  status: number
  code: string
  detail?: string
  field?: string
  fields?: { field: string; sentence: string }[]
  because?: string[]
  ref?: string
}

export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields: { field: string; sentence: string }[]
  readonly because: string[]
  readonly ref: string | undefined

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title)
    this.status = body.status
    this.code = body.code
    this.detail = body.detail ?? body.title
    this.fields = body.fields ?? (body.field ? [{ field: body.field, sentence: this.detail }] : [])
    this.because = body.because ?? []
    this.ref = body.ref
  }
}

/** The problem that an answer carries; one of our own making when something between us and the server answered instead. */
export async function problemOf(response: Response): Promise<Problem> {
  const ref = response.headers.get('x-request-id') ?? undefined
  const body: unknown = await response.json().catch(() => undefined)
  if (isProblemBody(body)) return new Problem({ ...body, status: response.status, ...(body.ref || !ref ? {} : { ref }) })
  return new Problem({
    title: `The server answered ${response.status}.`,
    status: response.status,
    code: 'unreadable',
    ...(ref ? { ref } : {}),
  })
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body
}
