// The description of the API as a running server gives it, so that a change of the API is seen in review.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../src/platform/config/read-settings.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { startServer } from '../../src/server.ts'

export async function generate(): Promise<{ path: string; text: string }[]> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'latchkey-openapi-'))
  const settings = readSettings({ PORT: '0', LATCHKEY_DATA: dataDirectory, LATCHKEY_PUBLIC_URL: 'http://localhost:3000' }, { demo: false })
  // The version changes with every release and would make every release a change of the API.
  const server = await startServer({ settings, log: createLog('silent'), version: 'v1', withoutJobs: true })
  try {
    const answer = await server.app.inject('/openapi.json')
    return [{ path: 'docs/openapi.json', text: `${JSON.stringify(answer.json(), null, 2)}\n` }]
  } finally {
    await server.close()
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}
