// What stops a start, in one line each, and a disk that is nearly full: reading goes on, writing is refused.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { problemSchema } from '../src/platform/http/problem.ts'
import { startTestServer } from './server.ts'

const directory = mkdtempSync(join(tmpdir(), 'latchkey-wrong-start-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** Starts the real program with these settings until it ends. */
function serve(settings: Record<string, string>): Promise<{ code: number; said: string }> {
  const main = join(import.meta.dirname, '..', 'src', 'main.ts')
  const env = { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', LATCHKEY_DATA: directory, PORT: '0', ...settings }
  return new Promise((resolve) => {
    execFile(process.execPath, [main, 'serve'], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    )
  })
}

test('a wrong setting stops the start with one line that names it, and a secret is not repeated', async () => {
  const [port, key, portal] = await Promise.all([
    serve({ PORT: 'eighty' }),
    serve({ LATCHKEY_BOOTSTRAP_KEY: 'hunter2-hunter2' }),
    serve({ LATCHKEY_PORTAL: 'no-such-portal' }),
  ])
  expect(port).toEqual({ code: 1, said: 'PORT is wrong: expected a whole number from 0 to 65535, found "eighty".\n' })
  expect(key.code).toBe(1)
  expect(key.said).toMatch(/^LATCHKEY_BOOTSTRAP_KEY is wrong: expected a secret of 32 to 512 .*\n$/)
  expect(key.said).not.toContain('hunter2')
  expect(portal).toMatchObject({ code: 1, said: expect.stringMatching(/^LATCHKEY_PORTAL.*no-such-portal.*\n$/) })
})

test('a port that is taken is said before anything is built', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const empty = join(directory, 'nothing-yet')
  const { code, said } = await serve({ PORT: String(port), HOST: '127.0.0.1', LATCHKEY_DATA: empty })
  other.close()
  expect(code).toBe(1)
  expect(said).toMatch(/^Another program answers on this port already .* Set PORT to a free one\.\n$/)
  expect(existsSync(empty)).toBe(false)
})

test('with too little room on the disk reading goes on, writing is refused with 507, and /readyz names it', async () => {
  const server = await startTestServer('embedded', { LATCHKEY_FREE_SPACE: '1048576 GB' })
  const ask = server.withBearer()
  expect((await ask('GET', '/api/v1/api-keys')).status).toBe(200)
  const written = await ask('POST', '/api/v1/api-keys', { name: 'reporting', side: 'vendor' })
  expect([written.status, problemSchema.parse(written.body).code]).toEqual([507, 'no-room'])
  expect((await ask('GET', '/api/v1/api-keys')).body.items).toEqual([])
  const ready = await server.nobody('GET', '/readyz')
  expect([ready.status, ready.body]).toEqual([503, expect.stringMatching(/^room: .* are kept/)])
  await server.close()
})
