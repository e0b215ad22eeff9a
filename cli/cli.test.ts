// The command line against a real server: what is said, what is written, and the exit codes.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer, testOperatorKey } from '../test/server.ts'

const root = join(import.meta.dirname, '..')
const directory = mkdtempSync(join(tmpdir(), 'latchkey-cli-'))
let server: TestServer
beforeAll(async () => {
  server = await startTestServer('embedded')
}, 120_000)
afterAll(async () => {
  await server.close()
  rmSync(directory, { recursive: true, force: true })
})

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

function latchkey(words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { ...process.env, LATCHKEY_URL: server.address, LATCHKEY_KEY: testOperatorKey, ...environment }
  return new Promise((done) => {
    execFile(process.execPath, [join(root, 'cli', 'main.ts'), ...words], { cwd: directory, env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}
const file = (name: string, text: string) => {
  writeFileSync(join(directory, name), text)
  return name
}
const world = (...lines: object[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

test('without a command, and with --help, it says what there is, with an example for each command', async () => {
  const all = await latchkey([])
  expect(all.code).toBe(0)
  for (const command of ['serve', 'migrate', 'seed demo', 'import', 'export', 'keys', 'check', 'explain', 'portal'])
    expect(all.out).toContain(`  ${command}`)
  for (const command of ['import', 'export', 'keys', 'check', 'explain', 'portal']) {
    const help = await latchkey([command, '--help'])
    expect([help.code, help.out.match(new RegExp(`latchkey ${command}`, 'g'))?.length ?? 0]).toEqual([
      0,
      expect.toSatisfy((many: number) => many >= 2),
    ])
  }
  expect(await latchkey(['improt'])).toMatchObject({ code: 2, err: expect.stringContaining('There is no command "improt".') })
  expect(await latchkey(['import', '--undoo'])).toMatchObject({ code: 2, err: expect.stringContaining('latchkey import --help says how.') })
})

test('with no server, a wrong key or no file it says so in one line, and what to do', async () => {
  expect(await latchkey(['keys', 'list'], { LATCHKEY_URL: 'http://127.0.0.1:9' })).toEqual({
    code: 2,
    out: '',
    err: 'No server answers at http://127.0.0.1:9. Start it with "npm start" or "latchkey serve", or set LATCHKEY_URL to where it is.\n',
  })
  expect(await latchkey(['keys', 'list'], { LATCHKEY_KEY: `lk_${'x'.repeat(43)}` })).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^The server asks for a key\. Set LATCHKEY_KEY.*\n$/),
  })
  expect(await latchkey(['import', 'nowhere.ndjson'])).toMatchObject({
    code: 2,
    err: 'There is no file nowhere.ndjson that can be read.\n',
  })
})

test('a file comes in, its bad rows are written to a file, it comes out the same, and is taken back', async () => {
  const name = file(
    'small.ndjson',
    world(
      { kind: 'customer', id: 'kobalt', name: 'Kobalt' },
      { kind: 'customer', id: '=1+1', name: 'x', timeZone: '=cmd' },
      {
        kind: 'person',
        id: 'kim',
        email: 'kim@kobalt.example',
        name: 'Kim',
        home: { customer: 'kobalt' },
        roles: ['contact'],
      },
    ),
  )
  const dry = await latchkey(['import', name, '--dry-run', '--errors', 'dry.csv'])
  expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('Dry run: nothing was changed.') })
  const come = await latchkey(['import', name])
  expect(come.code).toBe(0)
  expect(come.out).toMatch(/customer +1 new, 0 changed, 0 same/)
  expect(come.out).toContain('small.ndjson.errors.csv')
  expect(come.err).toMatch(/2 of 2 lines, [\d,]+ a second, 0 s left/)
  expect(readFileSync(join(directory, 'small.ndjson.errors.csv'), 'utf8')).toMatch(
    /^line,field,what,expected\n2,"timeZone","error","expected a time zone/,
  )

  expect(await latchkey(['export', '--out', 'out.ndjson'])).toMatchObject({ code: 0 })
  const lines = readFileSync(join(directory, 'out.ndjson'), 'utf8')
  expect(lines).toContain('"id":"kim"')
  expect((await latchkey(['export'])).out).toBe(lines)
  expect(readdirSync(directory).filter((left) => left.endsWith('.part'))).toEqual([])

  const [, id = ''] = /import --undo (\S+)/.exec(come.out) ?? []
  expect((await latchkey(['import', '--list'])).out).toContain(`${id}  2026-11-21T10:00  done     small.ndjson`)
  expect(await latchkey(['import', '--undo', id])).toMatchObject({
    code: 0,
    out: `Import ${id} is undone: 3 rows are as they were before.\n`,
  })
  expect(await latchkey(['import', '--undo', id])).toMatchObject({ code: 2, err: expect.stringContaining('undone already') })
})

test('a table comes in by its mapping as of a day, and a mapping that is wrong names its line', async () => {
  const table = join(root, 'examples', 'incident-log.csv')
  const mapping = join(root, 'examples', 'incident-log.mapping.yaml')
  const later = JSON.parse((await latchkey(['import', table, '--mapping', mapping, '--dry-run', '--json', '--errors', 'log.csv'])).out)
  const earlier = JSON.parse(
    (await latchkey(['import', table, '--mapping', mapping, '--as-of', '2016-03-02', '--dry-run', '--json', '--errors', 'log.csv'])).out,
  )
  expect(later.counts.record.new).toBeGreaterThan(earlier.counts.record.new)
  expect(earlier.counts.record.new).toBeGreaterThan(0)
  const text = readFileSync(mapping, 'utf8').replace('kind: partner', 'kind: planet')
  const line = text.slice(0, text.indexOf('kind: planet')).split('\n').length
  const wrong = file('wrong.yaml', text)
  expect(await latchkey(['import', table, '--mapping', wrong])).toMatchObject({
    code: 2,
    err: expect.stringContaining(`line ${line}: organizations.group.kind: expected "customer" or "partner"`),
  })
})

test('a key is made, shown alone on standard output, listed, used and ended', async () => {
  const made = await latchkey(['keys', 'create', '--name', 'ERP', '--vendor'])
  expect(made.out).toMatch(/^lk_\S+\n$/)
  const [, id = ''] = /\((\S+)\)/.exec(made.err) ?? []
  expect((await latchkey(['keys', 'list'])).out).toContain(`${id}  stands`)
  expect(await latchkey(['export'], { LATCHKEY_KEY: made.out.trim() })).toMatchObject({ code: 2, out: '' })
  expect(await latchkey(['keys', 'end', id])).toMatchObject({ code: 0 })
  expect(
    await latchkey(['check', '--user', 'x', '--can', 'read', '--on', 'service_request/1'], { LATCHKEY_KEY: made.out.trim() }),
  ).toMatchObject({ code: 2 })
  expect(await latchkey(['keys', 'create', '--name', 'two', '--vendor', '--partner', 'x'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--vendor, --customer ID or --partner ID'),
  })
})

test('check answers yes with 0 and no with 1, explain says why in sentences', async () => {
  const acme = await server.customer()
  const larkfield = await server.partner()
  const priya = await server.person(larkfield, 'Priya Raman', ['consultant'])
  await server.grant(acme, larkfield, 'look')
  const record = await server.record(acme)
  const on = ['--user', priya.email, '--on', `service_request/${record.number}`]
  expect(await latchkey(['check', ...on, '--can', 'read'])).toMatchObject({ code: 0, out: expect.stringMatching(/^yes, until 2027-11-21/) })
  expect(await latchkey(['check', ...on, '--can', 'reply'])).toMatchObject({ code: 1, out: expect.stringMatching(/^no/) })
  expect(JSON.parse((await latchkey(['check', ...on, '--can', 'read', '--json'])).out)).toMatchObject({ decision: true })
  const why = await latchkey(['explain', ...on, '--can', 'reply'])
  expect(why.code).toBe(1)
  expect(why.out).toMatch(/^NO\n 1 /)
  expect(why.out).toContain('Work on requests')
  expect(await latchkey(['check', '--user', 'x', '--can', 'read', '--on', 'nothing'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--on service_request/SR-10482'),
  })
})

test('grants, requests and who list for the operator, narrowed, in lines and as JSON, and say what is wrong in one line', async () => {
  const name = file(
    'listed.ndjson',
    world(
      { kind: 'customer', id: 'kupfer', name: 'Kupfer' },
      { kind: 'partner', id: 'zinn', name: 'Zinn' },
      { kind: 'person', id: 'zoe', email: 'zoe@zinn.example', name: 'Zoe', home: { partner: 'zinn' }, roles: ['consultant'] },
      {
        kind: 'grant',
        id: 'g1',
        customer: 'kupfer',
        grantee: { partner: 'zinn' },
        level: 'look',
        from: '2026-11-01T00:00:00Z',
        endsOn: '2027-10-31',
      },
      {
        kind: 'record',
        recordKind: 'service_request',
        id: 'K-1',
        customer: 'kupfer',
        number: 'K-1',
        title: 'x',
        state: 'active',
        createdAt: '2026-11-01T09:00:00Z',
      },
    ),
  )
  expect((await latchkey(['import', name, '--trust-grants'])).out).toMatch(/record +1 new/)
  const listed = await latchkey(['grants', '--customer', 'kupfer'])
  expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/^A-\d+ {2}active {2}Kupfer: everyone at Zinn: .*, until 20\d\d-/) })
  expect(JSON.parse((await latchkey(['grants', '--partner', 'Zinn', '--json'])).out)).toHaveLength(1)
  expect(await latchkey(['grants', '--partner', 'nobody'])).toMatchObject({ code: 0, out: '' })
  expect(await latchkey(['requests', '--state', 'all', '--customer', 'Kupfer'])).toMatchObject({ code: 0, out: '' })
  expect(await latchkey(['grants', '--state', 'old'])).toMatchObject({ code: 2, err: expect.stringMatching(/^There is no state "old"/) })
  const found = await latchkey(['who', '--can', 'read', '--on', 'service_request/K-1', '--outside'])
  expect(found).toMatchObject({ code: 0, out: expect.stringMatching(/^Zoe \(Zinn\)/) })
  expect(await latchkey(['who', '--can', 'read', '--on', 'service_request/none'])).toMatchObject({ code: 1, out: '' })
})

test('a table without a mapping is not gone through, and says what is missing', async () => {
  file('incidents.csv', 'number,title\n1,Robot arm\n')
  expect(await latchkey(['import', 'incidents.csv'])).toEqual({
    code: 2,
    out: '',
    err: 'incidents.csv is a table: say what its columns are with --mapping MAP.yaml. Nothing was sent.\nlatchkey import --help says how.\n',
  })
})

test('a question about a kind or an action that there is not ends with 2, and says which was meant', async () => {
  for (const command of ['check', 'explain']) {
    const ask = (can: string, on: string) => latchkey([command, '--user', 'priya', '--can', can, '--on', on])
    expect(await ask('raed', 'service_request/SR-1')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^There is no action "raed" on service_request\. Did you mean "read"\? There are: read, /),
    })
    expect(await ask('read', 'servicerequest/SR-1')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^There is no kind "servicerequest" in this portal\. Did you mean "service_request"\?/),
    })
  }
  expect((await latchkey(['check', '--user', 'nobody', '--can', 'read', '--on', 'service_request/SR-1'])).code).toBe(1)
})

test('whoever reads only the beginning of an export sees no error', async () => {
  await latchkey([
    'import',
    file('many.ndjson', world(...Array.from({ length: 2000 }, (_, n) => ({ kind: 'partner', id: `p${n}`, name: `Partner ${n}` })))),
  ])
  const env = { ...process.env, LATCHKEY_URL: server.address, LATCHKEY_KEY: testOperatorKey }
  const pipe = `set -o pipefail; "${process.execPath}" "${join(root, 'cli', 'main.ts')}" export | head -n 1`
  const ended = await new Promise<Ended>((done) => {
    execFile('bash', ['-c', pipe], { env }, (error, out, err) => done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }))
  })
  expect([ended.code, ended.err, ended.out.split('\n').length]).toEqual([0, '', 2])
})
