// A job runs again and again, never beside itself, and goes on after a failure.
import { expect, test } from 'vitest'
import { runEvery } from './run-every.ts'

const quiet = { warn() {} }

/** A promise that resolves when `reached` was called `count` times. */
function counter(count: number) {
  let calls = 0
  let done: () => void = () => {}
  const reached = new Promise<void>((resolve) => {
    done = resolve
  })
  const call = () => {
    calls += 1
    if (calls === count) done()
  }
  return { call, reached, calls: () => calls }
}

test('it runs again and again, and never twice at once, however often it is nudged', async () => {
  const runs = counter(5)
  let at = 0
  let most = 0
  const job = runEvery({ name: 'count', everyMs: 1, log: quiet }, async () => {
    at += 1
    most = Math.max(most, at)
    await new Promise((resolve) => setImmediate(resolve))
    job.nudge()
    at -= 1
    runs.call()
  })
  job.nudge()
  await runs.reached
  await job.stop()
  expect(most).toBe(1)
})

test('a failure is logged and the next run comes all the same', async () => {
  const runs = counter(3)
  const warnings: object[] = []
  const job = runEvery({ name: 'fails', everyMs: 1, log: { warn: (facts) => void warnings.push(facts) } }, async () => {
    runs.call()
    throw new Error('not today')
  })
  await runs.reached
  await job.stop()
  expect(warnings[0]).toMatchObject({ job: 'fails', failures: 1 })
})

test('stopping waits for the run under way, and none begins afterwards', async () => {
  let finish: () => void = () => {}
  let ended = false
  const runs = counter(1)
  const job = runEvery({ name: 'slow', everyMs: 1, log: quiet }, async () => {
    runs.call()
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    ended = true
  })
  await runs.reached
  const stopping = job.stop()
  finish()
  await stopping
  job.nudge()
  expect([ended, runs.calls()]).toEqual([true, 1])
})
