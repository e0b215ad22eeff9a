// One HTTP call: address, JSON in and out, the key, and every refusal as a Problem. Everything else in the client is built on it.
import { Problem, problemOf } from './problem.ts'

export interface CallOptions {
  /** Where the server is, without a slash at the end. Empty in a browser: the page's own origin. */
  baseUrl: string
  /** An API key (`lk_…`). A browser sends its session cookie instead. */
  key?: string
  /** Another fetch, for a proxy or a test. */
  fetch?: typeof fetch
}

export type Query = Record<string, string | number | boolean | undefined>

export interface Call {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, signal?: AbortSignal): Promise<T>
  /** The lines of an NDJSON answer, one by one, as they arrive. */
  lines<T>(method: 'GET' | 'POST', path: string, body?: FormData, query?: Query): AsyncGenerator<T>
}

/** Throws `Problem` for every answer that is no success; code `unreachable` when there was no answer at all. */
export function createCall(options: CallOptions): Call {
  return {
    get: async <T>(path: string, query?: Query, signal?: AbortSignal) =>
      read<T>(await exchange(options, 'GET', path + queryText(query), undefined, signal)),
    send: async <T>(method: string, path: string, body?: unknown, signal?: AbortSignal) =>
      read<T>(await exchange(options, method, path, body, signal)),
    lines: async function* <T>(method: string, path: string, body?: FormData, query?: Query) {
      const response = await exchange(options, method, path + queryText(query), body)
      for await (const line of textLines(response)) yield JSON.parse(line) as T
    },
  }
}

async function exchange(options: CallOptions, method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const form = body instanceof FormData
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined && !form) headers['content-type'] = 'application/json'
  if (options.key) headers['authorization'] = `Bearer ${options.key}`
  const init: RequestInit = { method, headers, redirect: 'error' }
  if (body !== undefined) init.body = form ? (body as FormData) : JSON.stringify(body)
  if (signal) init.signal = signal
  const response = await (options.fetch ?? fetch)(options.baseUrl + path, init).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new Problem({ title: `The server at ${options.baseUrl || 'this address'} could not be reached.`, status: 0, code: 'unreachable' })
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

async function read<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

async function* textLines(response: Response): AsyncGenerator<string> {
  const reader = response.body?.getReader()
  if (!reader) return
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += decoder.decode(value, { stream: !done })
    const lines = rest.split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    yield* lines.filter((line) => line.trim() !== '')
    if (done) return
  }
}

function queryText(query: Query = {}): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') given.set(name, String(value))
  return given.size === 0 ? '' : `?${given}`
}
