import { expect, test } from 'vitest'
import { Gathering } from './gathering.ts'

/** Runs that end when the test says so: each is the questions that it was handed. */
function runs(patience?: number) {
  const begun: { questions: readonly string[]; end: () => void; break: () => void }[] = []
  let told: () => void = () => undefined
  const gathering = new Gathering<string, string>(
    (questions) =>
      new Promise((answer, fail) => {
        begun.push({
          questions,
          end: () => answer(questions.map((one) => one.toUpperCase())),
          break: () => fail(new Error(`no answer to ${questions.join()}`)),
        })
        told()
      }),
    patience,
  )
  const begin = async (many: number) => {
    while (begun.length < many) await new Promise<void>((again) => (told = again))
    return begun.map(({ questions }) => questions)
  }
  return { gathering, begun, begin }
}

test('questions that arrive in one turn are one run, and each gets its own answer', async () => {
  const { gathering, begun, begin } = runs()
  const answers = Promise.all(['a', 'b', 'c'].map((one) => gathering.ask('key', one)))
  expect(await begin(1)).toEqual([['a', 'b', 'c']])
  begun[0]?.end()
  expect(await answers).toEqual(['A', 'B', 'C'])
})

test('what arrives while a run is under way is answered by one that begins after it arrived, and two runs at most are under way', async () => {
  const { gathering, begun, begin } = runs()
  const first = gathering.ask('key', 'a')
  await begin(1)
  const second = gathering.ask('key', 'b')
  await begin(2)
  const later = Promise.all([gathering.ask('key', 'c'), gathering.ask('key', 'd')])
  begun[1]?.end()
  expect(await second).toBe('B')
  expect(await begin(3)).toEqual([['a'], ['b'], ['c', 'd']])
  begun[2]?.end()
  expect(await later).toEqual(['C', 'D'])
  begun[0]?.end()
  expect(await first).toBe('A')
})

test('another asker neither waits nor shares a run', async () => {
  const { gathering, begun, begin } = runs()
  const answers = Promise.all([gathering.ask('key', 'a'), gathering.ask('other key', 'b')])
  expect(await begin(2)).toEqual([['a'], ['b']])
  for (const { end } of begun) end()
  expect(await answers).toEqual(['A', 'B'])
})

test("where a run of many fails each is asked alone, and only who fails alone hears of it; the asker's next question is answered", async () => {
  const { gathering, begun, begin } = runs()
  const good = gathering.ask('key', 'good')
  const bad = gathering.ask('key', 'bad')
  await begin(1)
  begun[0]?.break()
  expect(await begin(3)).toEqual([['good', 'bad'], ['good'], ['bad']])
  begun[1]?.end()
  begun[2]?.break()
  expect(await good).toBe('GOOD')
  await expect(bad).rejects.toThrow('no answer to bad')
  const next = gathering.ask('key', 'next')
  await begin(4)
  begun[3]?.end()
  expect(await next).toBe('NEXT')
})

test('more questions than one run takes are answered by several', async () => {
  const { gathering, begun, begin } = runs()
  const answers = Promise.all(Array.from({ length: 120 }, (_, place) => gathering.ask('key', `q${place}`)))
  expect((await begin(2)).map(({ length }) => length)).toEqual([50, 50])
  begun[0]?.end()
  await begin(3)
  for (const { end } of begun) end()
  expect((await answers).at(-1)).toBe('Q119')
  expect(begun.map(({ questions }) => questions.length)).toEqual([50, 50, 20])
})

test('two runs that never end hold up what was asked with them, and nothing else of the asker', { timeout: 10_000 }, async () => {
  const { gathering, begun, begin } = runs(1)
  void gathering.ask('key', 'lost')
  await begin(1)
  void gathering.ask('key', 'lost, too')
  await begin(2)
  const next = gathering.ask('key', 'next')
  await begin(3)
  begun[2]?.end()
  expect(await next).toBe('NEXT')
  // An end that comes late, after all, takes nothing from those that are under way.
  begun[0]?.end()
  const last = gathering.ask('key', 'last')
  await begin(4)
  begun[3]?.end()
  expect(await last).toBe('LAST')
})

test('a line whose last question was taken along early does not end the next line of the same asker: two runs at most are under way', async () => {
  let now = 0
  let most = 0
  const slow: (() => void)[] = []
  const gathering = new Gathering<string, string>(async (questions) => {
    now++
    most = Math.max(most, now)
    if (!questions.includes('at once')) await new Promise<void>((end) => slow.push(end))
    now--
    return questions
  })
  const turn = () => new Promise<void>((next) => setImmediate(next))
  void gathering.ask('key', 'first')
  await turn()
  const taken = gathering.ask('key', 'at once')
  slow.pop()?.()
  await taken
  await new Promise<void>((next) => process.nextTick(next))
  // Nothing of the asker is under way now, and the turn in which the question that was taken along would have begun is still to come.
  const all: Promise<string>[] = []
  for (const one of ['a', 'b', 'c', 'd']) {
    all.push(gathering.ask('key', one))
    await turn()
  }
  expect(most).toBe(2)
  while (slow.length > 0) {
    slow.pop()?.()
    await turn()
  }
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
})
