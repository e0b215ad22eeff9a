// latchkey portal against a real server on both databases: what is said, what is changed, and the exit codes.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../test/database.ts'
import { startTestServer, type TestServer, testOperatorKey } from '../test/server.ts'

const root = join(import.meta.dirname, '..')
const supportDesk = readFileSync(join(root, 'portals', 'support-desk.yaml'), 'utf8')
const directory = mkdtempSync(join(tmpdir(), 'latchkey-portal-cli-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const file = (name: string, text: string | Buffer) => {
  writeFileSync(join(directory, name), text)
  return name
}
const changed = (from: string, to: string): string => {
  expect(supportDesk).toContain(from)
  return supportDesk.replaceAll(from, to)
}

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

function latchkey(words: readonly string[], environment: Record<string, string> = {}, typed = ''): Promise<Ended> {
  const env = { ...process.env, LATCHKEY_KEY: testOperatorKey, ...environment }
  return new Promise((done) => {
    const child = execFile(process.execPath, [join(root, 'cli', 'main.ts'), ...words], { cwd: directory, env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
    // Who is given too much stops reading.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(typed)
  })
}

describe('latchkey portal check needs no server', () => {
  const nowhere = { LATCHKEY_URL: 'http://127.0.0.1:9' }

  test('a valid definition ends with 0 and prints who may do what, as docs/permissions has it', async () => {
    for (const portal of ['support-desk', 'field-service']) {
      const checked = await latchkey(['portal', 'check', join(root, 'portals', `${portal}.yaml`)], nowhere)
      expect([checked.code, checked.err]).toEqual([0, ''])
      expect(checked.out).toBe(readFileSync(join(root, 'docs', 'permissions', `${portal}.txt`), 'utf8'))
    }
  })

  test('a faulty one ends with 1, and every fault is told with file, line, key, what was expected and a likely spelling', async () => {
    const faulty = file(
      'faulty.yaml',
      changed('includes: contact_manager', 'includes: contact_manger').replace('opens_as: new', 'open_as: new'),
    )
    const line = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length
    const text = readFileSync(join(directory, faulty), 'utf8')
    const first = await latchkey(['portal', 'check', faulty], nowhere)
    expect(first).toMatchObject({ code: 1, out: '' })
    expect(first.err).toBe(
      `faulty.yaml:${line(text, 'open_as')}: records.service_request.open_as: is not a key that can stand here. Did you mean "opens_as"?\nOne fault. Nothing was changed.\n`,
    )
    const second = await latchkey(['portal', 'check', file('second.yaml', text.replace('open_as', 'opens_as'))], nowhere)
    expect(second.err).toContain(
      `second.yaml:${line(text, 'contact_manger')}: home.customer.primary_contact.includes: "contact_manger" is no role of this definition. Did you mean "contact_manager"?`,
    )
  })

  test('"-" is the standard input, within the same limits and once', async () => {
    const checked = await latchkey(['portal', 'check', '-'], nowhere, supportDesk)
    expect([checked.code, checked.err]).toEqual([0, ''])
    expect(checked.out).toBe(readFileSync(join(root, 'docs', 'permissions', 'support-desk.txt'), 'utf8'))
    expect(await latchkey(['portal', 'check', '-'], nowhere, 'portal: x\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('-:1: names:'),
    })
    expect(await latchkey(['portal', 'check', '-'], nowhere, '#'.repeat(900_000))).toMatchObject({
      code: 2,
      err: expect.stringContaining('more than 800,000 bytes'),
    })
    expect(await latchkey(['portal', 'diff', '-', '-'], nowhere)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Only one of the two'),
    })
  })

  test('what is no definition at all is told in a line, and no file ends with 2', async () => {
    for (const [name, text] of [
      ['empty.yaml', ''],
      ['list.yaml', '[1, 2]'],
      ['tabs.yaml', 'portal:\n\tx: y'],
      ['deep.yaml', '['.repeat(20_000)],
      ['loop.yaml', 'portal: &a\n  x: *a\n'],
    ] as const) {
      const checked = await latchkey(['portal', 'check', file(name, text)], nowhere)
      expect([name, checked.code, checked.out]).toEqual([name, 1, ''])
      expect(checked.err).toContain(`${name}:`)
    }
    expect(await latchkey(['portal', 'check', 'gone.yaml'], nowhere)).toEqual({
      code: 2,
      out: '',
      err: 'There is no file gone.yaml that can be read.\n',
    })
    const large = file('large.yaml', Buffer.alloc(10_000_000, '#'))
    expect(await latchkey(['portal', 'check', large], nowhere)).toMatchObject({
      code: 2,
      err: expect.stringContaining('has 10,000,000 bytes'),
    })
    const broken = file('broken.yaml', Buffer.from([0x70, 0xff, 0xfe]))
    expect(await latchkey(['portal', 'check', broken], nowhere)).toMatchObject({ code: 2, err: 'broken.yaml is not text in UTF-8.\n' })
    for (const words of [[], ['chek'], ['check'], ['check', 'a', 'b']])
      expect(await latchkey(['portal', ...words], nowhere)).toMatchObject({
        code: 2,
        err: expect.stringContaining('latchkey portal --help says how.'),
      })
  })
})

describe.each(databaseKinds)('latchkey portal diff and apply on %s', (kind) => {
  let server: TestServer
  let here: { LATCHKEY_URL: string }
  beforeAll(async () => {
    server = await startTestServer(kind)
    here = { LATCHKEY_URL: server.address }
    const [acme, larkfield] = [await server.customer('Acme'), await server.partner('Larkfield')]
    for (const name of ['Ola', 'Priya', 'Tom', 'Uma']) await server.person(larkfield, name, ['consultant'])
    const cora = await server.person(acme, 'Cora', ['contact'])
    await server.grant(acme, larkfield, 'look')
    for (const state of ['active', 'active', 'closed']) await server.record(acme, { state, people: { requester: cora } })
    await server.record(await server.customer('Other'))
  }, 120_000)
  afterAll(() => server.close())

  test('BX-24 diff says who loses what and how many, with examples, and ends with 1; with nothing changed it ends with 0', async () => {
    const look = 'says: Reads every service request, old and new.\n      may: { service_request: [read] }'
    const narrow = 'says: Reads every open service request.\n      may: { service_request: [read while open] }'
    const narrower = file('narrower.yaml', changed(look, narrow))
    const diff = await latchkey(['portal', 'diff', 'current', narrower], here)
    expect(diff.code).toBe(1)
    expect(diff.out).toMatch(/^Of 5 people, 0 gain something and 4 lose something\.$/m)
    expect(diff.out).toMatch(/^ {2}service_request:read {2}- 4 people {3}\(read it, with its messages and files; by record\)$/m)
    expect(diff.out).toMatch(
      /^Ola, Priya, Tom and 1 other, Larkfield \(partner: consultant\), each:\n {2}- read it, with its messages and files: 1 record \(SR-\d+\)$/m,
    )
    expect(diff.out).toContain('The definitions also differ in: names, words or notices of what can be given.')
    expect(await latchkey(['portal', 'diff', narrower, 'current'], here)).toMatchObject({
      code: 1,
      out: expect.stringContaining('4 gain something and 0 lose'),
    })
    expect(await latchkey(['portal', 'diff', 'current', 'current'], here)).toMatchObject({
      code: 0,
      out: 'Nobody gains or loses anything: 5 people were asked about.\n',
    })
    const json = JSON.parse((await latchkey(['portal', 'diff', 'current', narrower, '--json', '--most', '1'], here)).out)
    expect(json).toMatchObject({ people: 5, losing: 4, gaining: 0, version: 1, left: { classes: 0, people: 0 } })
    expect((await latchkey(['portal', 'show'], here)).out).toBe(supportDesk)
  })

  test('BX-24 diff names a level that is gone although accesses still give it', async () => {
    const without = file('without.yaml', changed('look:', 'see:').replaceAll('includes: look', 'includes: see'))
    const diff = await latchkey(['portal', 'diff', 'current', without], here)
    expect(diff.out).toMatch(/^The level "look" is gone: 1 access gives it \(A-\d+\)\. By the newer definition that gives nothing\.$/m)
    expect(diff.out).toMatch(/read it, with its messages and files: 3 records \(SR-\d+, SR-\d+, SR-\d+\)$/m)
  })

  test('apply shows the difference and asks: a no and the end of the input change nothing, a yes puts it in force', async () => {
    const name = file('renamed.yaml', changed('name: See all requests', 'name: See everything'))
    for (const typed of ['no\n', 'maybe\n', '']) {
      const refused = await latchkey(['portal', 'apply', name], here, typed)
      expect([typed, refused.code, refused.out.endsWith('Nothing was changed.\n')]).toEqual([typed, 1, true])
    }
    expect((await latchkey(['portal', 'show'], here)).out).toBe(supportDesk)
    const applied = await latchkey(['portal', 'apply', name], here, 'yes\n')
    expect(applied.code).toBe(0)
    expect(applied.out).toContain('Nobody gains or loses anything')
    expect(applied.out).toContain('Version 2 of the portal definition (support-desk) is in force.\n')
    const shown = await latchkey(['portal', 'show'], here)
    expect(shown.out).toContain('name: See everything')
    expect(shown.err).toContain("put in force by operator's key")
    expect(await latchkey(['portal', 'apply', name], here)).toMatchObject({
      code: 0,
      out: 'Version 2 of the portal definition says the same. Nothing was changed.\n',
    })
    expect(await latchkey(['portal', 'apply', file('back.yaml', supportDesk), '--yes'], here)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Version 3 of the portal definition (support-desk) is in force.\n'),
    })
  })

  test('a faulty definition is refused with its lines, and a key that is no operator’s with the reason', async () => {
    const faulty = file('faulty.yaml', changed('includes: contact_manager', 'includes: contact_manger'))
    for (const words of [
      ['diff', 'current', faulty],
      ['apply', faulty, '--yes'],
    ]) {
      const refused = await latchkey(['portal', ...words], here)
      expect(refused).toMatchObject({
        code: 2,
        err: expect.stringMatching(/faulty\.yaml:\d+ home\.customer\.primary_contact\.includes: "contact_manger" is no role/),
      })
    }
    const key = await server.withBearer()('POST', '/api/v1/api-keys', { name: 'reads', side: 'vendor' })
    const refused = await latchkey(['portal', 'apply', file('same.yaml', supportDesk), '--yes'], { ...here, LATCHKEY_KEY: key.body.key })
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('You may see this, but not do that. Nothing was changed.') })
  })
})
