// What ends on one server process is refused on another: no request that starts after the answer gets through. Measured, and printed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimLasts } from '../../src/features/letters/rules.ts'
import { databaseKinds, unopenedDatabase } from '../database.ts'
import { type Caller, caller } from '../server.ts'
import { type SmtpSink, smtpSink } from '../smtp-sink.ts'
import { countingPrinted, type Endings, rounds, setEndings, untilRefused } from './endings.ts'
import { type ServerProcess, startProcess, withOwner } from './fifty-approvals.ts'

describe.skipIf(!databaseKinds.includes('postgresql'))('on two server processes', () => {
  let database: Awaited<ReturnType<typeof unopenedDatabase>>
  let scene: Endings
  let mail: SmtpSink
  const servers: ServerProcess[] = []
  beforeAll(async () => {
    database = await unopenedDatabase('postgresql')
    mail = await smtpSink()
    scene = await setEndings(database.environment)
    const environment = { ...database.environment, SMTP_URL: mail.url, LATCHKEY_ASKING_RATE: '100000', LATCHKEY_SIGN_IN_RATE: '100000' }
    for (let index = 0; index < 2; index++) servers.push(await startProcess(environment))
  }, 120_000)
  afterAll(async () => {
    for (const server of servers) await server.end('SIGTERM')
    await mail.stop()
    await database.remove()
  })

  const at = (server: ServerProcess | undefined, identity: Record<string, string>) => caller(`http://127.0.0.1:${server?.port}`, identity)
  const session = (server: ServerProcess | undefined, token: string): Caller =>
    at(server, { cookie: `latchkey_session=${token}`, origin: `http://localhost:${server?.port}` })
  const key = (server: ServerProcess | undefined, text: string): Caller => at(server, { authorization: `Bearer ${text}` })
  const here = (token: string) => session(servers[0], token)
  const there = (token: string) => session(servers[1], token)
  /** The question of the vendor's own software about somebody. */
  const ask = (as: Caller, { email }: { readonly email: string }) =>
    as('POST', '/access/v1/evaluation', {
      subject: { type: 'user', id: email },
      action: { name: 'service_request:read' },
      resource: { type: 'service_request', id: scene.recordNumber },
    })
  /** Every one of those that were tried at once. */
  const every = (ended: { readonly after: readonly number[] }) => [...new Set(ended.after)]
  const status = async (call: ReturnType<Caller>) => (await call).status

  test(`OR-009 a browser: what the customer removes on one process is refused on the other, ${rounds} times`, async () => {
    const { dana, recordId, people, operatorKey } = scene
    const allowed = async (person: { readonly email: string }) => (await ask(key(servers[1], operatorKey), person)).body.decision
    await countingPrinted('the removal of an access', people, async ({ email, token, grantId }) => {
      expect(await allowed({ email })).toBe(true)
      const ended = await untilRefused(
        () => status(there(token)('GET', `/api/v1/records/service_request/${recordId}`)),
        () => status(here(dana)('POST', `/api/v1/grants/${grantId}/removal`, {})),
      )
      expect([ended.before, ended.answer, every(ended)]).toEqual([200, 201, [404]])
      // The vendor's own software, asking with a key about them, hears the same.
      expect(await allowed({ email })).toBe(false)
      return ended
    })
  }, 240_000)

  test(`an API key that is ended on one process is refused on the other, ${rounds} times`, async () => {
    const { operatorKey, keys, keeper } = scene
    await countingPrinted('the end of a key', keys, async ({ id, text }) => {
      const ended = await untilRefused(
        () => status(ask(key(servers[1], text), keeper)),
        () => status(key(servers[0], operatorKey)('DELETE', `/api/v1/api-keys/${id}`)),
      )
      expect([ended.before, ended.answer, every(ended)]).toEqual([200, 204, [401]])
      return ended
    })
  }, 240_000)

  test(`BX-04 a file for a spreadsheet: of a leaver who is let go on one process the other gives none, ${rounds} times`, async () => {
    await countingPrinted('a leaver', scene.leavers, async ({ token, boss, personId, partnerId }) => {
      const ended = await untilRefused(
        () => status(there(token)('GET', '/api/v1/history/export')),
        () => status(here(boss)('POST', `/api/v1/organizations/${partnerId}/people/${personId}/disabling`, {})),
      )
      expect([ended.before, ended.answer, every(ended)]).toEqual([200, 200, [401]])
      return ended
    })
  }, 240_000)

  test(`a queued letter: to whoever lost the access before it was taken up, neither process sends it, ${rounds} times`, async () => {
    const { dana, readers, keeper } = scene
    // Both processes send while access after access ends; the letters wait since before.
    const answeredAt = new Map<string, number>()
    const settled = await withOwner(database.environment, async (owner) => {
      const due = (ids: readonly string[]) =>
        owner.query(`update outbox set next_attempt_at = now() where letter = 'queued-before' and to_person_id = any($1)`, [ids])
      // Half of them are due before anything ends, the others in the very moment in which their access does.
      await due([keeper.id, ...readers.filter((_, index) => index % 2 === 0).map(({ id }) => id)])
      for (const [index, { id, grantId }] of readers.entries()) {
        const removal = status(here(dana)('POST', `/api/v1/grants/${grantId}/removal`, {}))
        if (index % 2 === 1) await due([id])
        expect(await removal).toBe(201)
        answeredAt.set(id, Date.now())
      }
      return untilSettled(owner)
    })
    expect(settled).toHaveLength(readers.length + 1)
    const sent = settled.filter(({ state }) => state === 'sent')
    // Taken up after the answer: not sent.
    expect(sent.filter(({ personId, takenAt }) => takenAt > (answeredAt.get(personId) ?? Number.POSITIVE_INFINITY))).toEqual([])
    expect(settled.filter(({ state }) => state !== 'sent' && state !== 'dropped')).toEqual([])
    // Who keeps the access gets theirs, once; and what the mail server got is what was noted as sent.
    const got = mail.letters.flatMap(({ subject }) => (subject?.startsWith('Queued for') ? [subject] : [])).sort()
    expect(got).toEqual(sent.map(({ subject }) => subject).sort())
    expect(got).toContain(`Queued for ${keeper.name}`)
    console.log(
      `${readers.length} queued letters while their access ended: ${sent.length - 1} had been taken up before the answer, the others were dropped.`,
    )
  }, 240_000)

  test('an export under way: its key is ended on the other process, and the world that was to follow does not come', async () => {
    const { operatorKey, exporter, otherExporter, worldBytes } = scene
    const begin = async ({ text }: { text: string }) => {
      const answer = await fetch(`http://127.0.0.1:${servers[1]?.port}/api/v1/export`, { headers: { authorization: `Bearer ${text}` } })
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
      const first = await reader.read()
      return { reader, bytes: first.value?.length ?? 0 }
    }
    const readOn = async ({ reader, bytes }: Awaited<ReturnType<typeof begin>>) => {
      let got = bytes
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) got += next.value.length
        return { end: 'whole', got }
      } catch {
        return { end: 'broken off', got }
      }
    }
    const begun = await begin(exporter)
    // Nobody reads on, so that the server waits with the rest.
    expect(await status(key(servers[0], operatorKey)('DELETE', `/api/v1/api-keys/${exporter.id}`))).toBe(204)
    const brokenOff = await readOn(begun)
    const whole = await readOn(await begin(otherExporter))
    expect([brokenOff.end, whole.end]).toEqual(['broken off', 'whole'])
    expect(brokenOff.got).toBeLessThan(worldBytes)
    expect(whole.got).toBeGreaterThan(worldBytes)
    console.log(`An export of ${whole.got} bytes broke off after ${brokenOff.got}.`)
  }, 120_000)
})

interface SettledLetter {
  readonly subject: string
  readonly state: string
  readonly personId: string
  /** When its sender claimed it, and asked the law. */
  readonly takenAt: number
}

/** The queued letters once none of them waits. */
async function untilSettled(owner: {
  query: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>
}): Promise<SettledLetter[]> {
  for (;;) {
    const { rows } = await owner.query(
      `select subject, state, to_person_id as "personId", extract(epoch from next_attempt_at)::float8 * 1000 - $1 as "takenAt"
       from outbox where letter = 'queued-before'`,
      [claimLasts],
    )
    const letters = rows as SettledLetter[]
    if (letters.every(({ state }) => state !== 'waiting')) return letters
    await owner.query('select pg_sleep(0.2)')
  }
}
