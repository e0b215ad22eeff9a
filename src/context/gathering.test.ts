import { expect, test } from 'vitest'
import { Gathering } from './gathering.ts'

/** Runs that end when the test says so: each is the questions that it was handed. */
function runs() {
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
