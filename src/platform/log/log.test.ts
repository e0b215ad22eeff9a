// What a log says, and what it never says.
import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { scrub } from './scrub.ts'

const canary = 'c4naryC4naryC4naryC4nary'

function logged(act: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  act(createLog('trace', (line) => lines.push(line)))
  return lines.join('')
}

test('a line is JSON with level, time, facts and a sentence', () => {
  const line = JSON.parse(logged((log) => log.info({ requestId: 'r-1', status: 200 }, 'answered')))
  expect(line).toMatchObject({ level: 'info', requestId: 'r-1', status: 200, msg: 'answered' })
  expect(Date.parse(line.time)).not.toBeNaN()
})

test('secrets are removed wherever they stand', () => {
  const text = logged((log) => {
    log.info({ key: canary, token: canary, headers: { cookie: canary, authorization: canary } }, 'fields')
    log.info({ code: canary, letter: { text: canary, html: canary } }, 'letters')
    log.info({}, `key lk_${canary} and Authorization: Bearer ${canary}`)
    log.info({}, `cookie latchkey_session=${canary}; __Host-latchkey_session=${canary}`)
    log.info({}, `could not reach postgresql://owner:${canary}@db/x nor smtp://u:${canary}@mail`)
    log.error({ err: new Error(`failed with lk_${canary}`, { cause: new Error(`password=${canary}`) }) }, 'an error')
  })
  expect(text).not.toContain(canary)
  expect(text).toContain('[removed]')
})

test('a mailed code is removed from any sentence, and what only looks a little like one stays', () => {
  expect(scrub('the code 1234-5678 was wrong')).toBe('the code [removed] was wrong')
  expect(scrub('at 2026-11-21T10:00:00.000Z, record 1234, id 9a1b2c3d-1234-5678-9abc-def012345678')).toBe(
    'at 2026-11-21T10:00:00.000Z, record 1234, id 9a1b2c3d-1234-5678-9abc-def012345678',
  )
})

test('an error keeps its kind and place, and leaves out the rows that the database quotes', () => {
  const error = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    constraint: 'people_email_key',
    detail: `Key (email)=(${canary})`,
  })
  const text = logged((log) => log.error({ err: error }, 'a bug'))
  expect(text).not.toContain(canary)
  expect(JSON.parse(text).err).toMatchObject({ type: 'Error', errorCode: '23505', constraint: 'people_email_key' })
})
