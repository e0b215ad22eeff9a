// Import and export over HTTP: forms that are wrong, who may not, and what a broken answer leaves.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { startTestServer, type TestServer, testOperatorKey } from '../../../test/server.ts'

describe.each(databaseKinds)('imports over HTTP on %s', (kind) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(kind)
  }, 120_000)
  afterAll(() => server.close())

  const send = async (parts: Record<string, string | Blob>, key: string | undefined = testOperatorKey) => {
    const form = new FormData()
    for (const [name, part] of Object.entries(parts)) form.append(name, part)
    const answer = await fetch(`${server.address}/api/v1/imports`, {
      method: 'POST',
      body: form,
      headers: key ? { authorization: `Bearer ${key}` } : {},
    })
    const text = await answer.text()
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    return { status: answer.status, lines, last: lines.at(-1) }
  }
  const world = (...lines: object[]) => new Blob([lines.map((line) => JSON.stringify(line)).join('\n')])

  test('progress and faults come line by line, the result last', async () => {
    const { status, lines, last } = await send({
      options: JSON.stringify({ dryRun: true }),
      file: world({ kind: 'customer', id: 'one', name: 'One' }, { kind: 'customer', id: '', name: 'Two' }),
    })
    expect(status).toBe(200)
    expect(lines.map(({ type }) => type)).toEqual(['fault', 'progress', 'result'])
    expect(lines[0]).toEqual({ type: 'fault', line: 2, field: 'id', expected: expect.stringContaining('1 to 200 characters') })
    expect(last).toMatchObject({ state: 'dry run', lines: 1, faults: 1, counts: { customer: { new: 1 } } })
  })

  test('a form that cannot be used is refused by the name of its field', async () => {
    const file = world({ kind: 'customer', id: 'one', name: 'One' })
    expect((await send({ options: '{}' })).last).toMatchObject({ status: 400, code: 'invalid-input', field: 'file' })
    expect((await send({ options: '{', file })).last).toMatchObject({ status: 400, field: 'options' })
    expect((await send({ options: '{"dry":true}', file })).last).toMatchObject({ status: 400, field: 'options' })
    expect((await send({ options: '{"asOf":"2016-03-05"}', file })).last).toMatchObject({ status: 400, field: 'options' })
    expect((await send({ other: 'x', file })).last).toMatchObject({ status: 400, field: 'other' })
    expect((await send({ mapping: new Blob([Buffer.from([0xff])]), file })).last).toMatchObject({ status: 400, field: 'mapping' })
    expect((await send({ mapping: new Blob(['x'.repeat(100_001)]), file })).last).toMatchObject({ status: 400, field: 'mapping' })
    expect((await send({ mapping: new Blob(['mapping: 2']), file })).last).toMatchObject({ status: 400, field: 'mapping' })
    const noForm = await server.withBearer()('POST', '/api/v1/imports', {})
    expect(noForm.status).toBe(415)
  })

  test('who does not run the portal brings nothing in, takes nothing back and reads nothing', async () => {
    const file = world({ kind: 'customer', id: 'sneaky', name: 'Sneaky' })
    const { body } = await server.withBearer()('POST', '/api/v1/api-keys', { name: 'reader', side: 'vendor' })
    for (const key of ['', body.key]) {
      expect((await send({ file }, key)).status).toBeGreaterThanOrEqual(401)
      const call = key ? server.withBearer(key) : server.nobody
      for (const [method, path] of [
        ['GET', '/api/v1/imports'],
        ['GET', '/api/v1/export'],
        ['POST', '/api/v1/imports/00000000-0000-0000-0000-000000000000/undo'],
      ] as const) {
        expect([401, 403, 404]).toContain((await call(method, path, method === 'POST' ? {} : undefined)).status)
      }
    }
    expect((await server.stageOwner.query(`select from organizations where external_id = 'sneaky'`)).rowCount).toBe(0)
  })

  test('an import whose caller goes away stops after a whole batch and is not left running', async () => {
    const many = Array.from({ length: 6000 }, (_, place) => ({ kind: 'customer', id: `gone-${place}`, name: `Gone ${place}` }))
    const form = new FormData()
    form.append('file', world(...many))
    const leaving = new AbortController()
    const answer = await fetch(`${server.address}/api/v1/imports`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${testOperatorKey}` },
      signal: leaving.signal,
    })
    await answer.body?.getReader().read()
    leaving.abort()
    const state = async () =>
      (await server.withBearer()('GET', '/api/v1/imports')).body.items.find(
        ({ counts }: { counts: { customer?: object } }) => counts.customer,
      )
    await expect.poll(async () => (await state())?.state, { timeout: 30_000 }).not.toBe('running')
    const run = await state()
    const { rows } = await server.stageOwner.query<{ many: number }>(
      `select count(*)::int as many from organizations where external_id like 'gone-%'`,
    )
    expect(rows[0]?.many).toBe(run.counts.customer.new)
    expect((rows[0]?.many ?? 0) % (kind === 'embedded' ? 250 : 1000)).toBe(0)
    expect((await server.withBearer()('POST', `/api/v1/imports/${run.id}/undo`, {})).status).toBe(200)
  })
})
