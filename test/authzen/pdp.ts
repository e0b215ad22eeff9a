// A decision point as a conformance harness meets it: a server with the certification portal and its fixture, a key, and what is checked of every answer.
import { expect } from 'vitest'
import { createClient } from '../../client/client.ts'
import { seedCertification } from '../../src/features/import/seed-certification.ts'
import { readSettings } from '../../src/platform/config/read-settings.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { startServer } from '../../src/server.ts'
import { type DatabaseKind, unopenedDatabase } from '../database.ts'
import { type Answer, caller, testOperatorKey } from '../server.ts'

/** Where the harness believes that it is: the address outside, in front of which something speaks TLS. */
export const publicUrl = 'https://pdp.example'

export type Pdp = Awaited<ReturnType<typeof certifiedPdp>>

/** The fixture of the scenario, as requests name it. */
export const alice = { type: 'user', id: 'alice' }
export const bob = { type: 'user', id: 'bob' }
export const adminBob = { ...bob, properties: { role: 'admin' } }
export const [read, write] = [{ name: 'read' }, { name: 'write' }]
export const one = { type: 'record', id: 'record-1' }
export const two = { type: 'record', id: 'record-2' }
export const activeOne = { ...one, properties: { status: 'active' } }
export const archivedTwo = { ...two, properties: { status: 'archived' } }
export const [anyUser, anyRecord] = [{ type: 'user' }, { type: 'record' }]
export const context = { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' }

export async function certifiedPdp(kind: DatabaseKind) {
  const unopened = await unopenedDatabase(kind)
  const settings = readSettings({
    PORT: '0',
    LATCHKEY_PORTAL: 'certification',
    LATCHKEY_PUBLIC_URL: publicUrl,
    LATCHKEY_BOOTSTRAP_KEY: testOperatorKey,
    ...unopened.environment,
  })
  const server = await startServer({ settings, log: createLog('silent'), version: 'test', withoutJobs: true, prepare: seedCertification })
  const call = caller(server.address, { authorization: `Bearer ${testOperatorKey}` })
  const asked = asking((path, sent, headers) => call('POST', `/access/v1/${path}`, sent, headers))
  return {
    ...asked,
    /** The same, asked with a key of the fixture's organization. */
    asOrganization: async () => {
      const { body } = await call('POST', '/api/v1/api-keys', { name: 'its own', side: 'customer', organization: 'organization' })
      const own = caller(server.address, { authorization: `Bearer ${body.key}` })
      return asking((path, sent, headers) => own('POST', `/access/v1/${path}`, sent, headers))
    },
    client: createClient({ baseUrl: server.address, key: testOperatorKey }),
    get: (path: string) => caller(server.address, {})('GET', path),
    close: async () => {
      await server.close()
      await unopened.remove()
    },
  }
}

type Ask = (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>

function asking(ask: Ask) {
  /** What every successful answer must be (5.1, 5.2), and its body. */
  async function success(path: string, body: unknown, headers?: Record<string, string>) {
    const answer = await ask(path, body, headers)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/json/)])
    return answer.body
  }

  /** A single decision in the form that 2.3 asks for: a boolean, and at most an object of context beside it. */
  async function decision(body: unknown, path = 'evaluation'): Promise<boolean> {
    const answer = await success(path, body)
    expect(answer).toEqual({ decision: expect.any(Boolean), context: expect.any(Object) })
    return answer.decision
  }

  /** The decisions of a batch in the form that 3.3 asks for: one for each item, in order, and no decision about all. */
  async function decisions(body: { readonly evaluations: readonly unknown[]; readonly [more: string]: unknown }): Promise<boolean[]> {
    const answer = await success('evaluations', body)
    expect(Object.keys(answer)).toEqual(['evaluations'])
    expect(answer.evaluations).toEqual(body.evaluations.map(() => ({ decision: expect.any(Boolean), context: expect.any(Object) })))
    return answer.evaluations.map((item: { decision: boolean }) => item.decision)
  }

  /** Ids, or names of actions, that a search found; every one of the wanted type. */
  async function found(path: 'subject' | 'resource' | 'action', body: object): Promise<string[]> {
    const { results } = await success(`search/${path}`, body)
    const shape =
      path === 'action' ? { name: expect.any(String) } : { type: path === 'subject' ? 'user' : 'record', id: expect.any(String) }
    expect(results).toEqual(results.map(() => shape))
    return results.map((result: { id: string; name: string }) => result.id ?? result.name)
  }

  const status = async (path: string, body: unknown, headers?: Record<string, string>) => (await ask(path, body, headers)).status
  return { ask, success, decision, decisions, found, status }
}
