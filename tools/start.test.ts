// `npm start` on a machine that has its packages: it says where it is, who can sign in and where their mail is, and stops cleanly.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

// Two starts and perhaps a build of the interface, beside other tests.
const slowMachineMs = 240_000
const root = dirname(import.meta.dirname)

/** Starts it on an empty data directory; `said` resolves with what it printed once it is ready. */
function start(data: string) {
  const env = { ...process.env, PORT: '0', LATCHKEY_DATA: data }
  const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], { env, cwd: root })
  let output = ''
  const said = new Promise<string>((resolve, reject) => {
    const listen = (text: string) => {
      output += text
      if (/Ctrl-C/.test(output)) resolve(output)
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, said }
}

test(
  'it prints address, people and mailbox, and each of two stop signals ends it with exit code 0',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'latchkey-start-'))
    onTestFinished(() => rmSync(data, { recursive: true, force: true }))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { child, said } = start(data)
      const text = await said
      expect(text).toMatch(/https?:\/\/\S+/)
      expect(text).toMatch(/\S+@\S+\.\S+/)
      expect(text).toContain('mailbox')
      const ended = once(child, 'exit')
      child.kill(signal)
      expect(await ended).toEqual([0, null])
    }
  },
  slowMachineMs,
)
