// Checks a second: the shipped decision with and without loading its facts, in process and over HTTP, beside plain Maps, CASL and Cedar.
import { createContext } from '../../src/context/context.ts'
import type { House } from '../../src/context/house.ts'
import { decide } from '../../src/law/decide.ts'
import type { Facts } from '../../src/law/facts.ts'
import type { Action } from '../../src/law/law.ts'
import type { TestServer } from '../../test/server.ts'
import { printTable, short, spreadOf } from '../measure.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import { externalPerson, externalRecord, personId, recordId } from '../world/put-in-database.ts'
import { caslChecks } from './casl.ts'
import { cedarCheck } from './cedar.ts'
import { handMade, mapsCheck, type TextCheck } from './maps.ts'
import { overHttp } from './over-http.ts'
import { type CheckQuestion, checkQuestions } from './questions.ts'

const many = 3_000
const rounds = 9
/** How long one way to answer is asked in one round. */
const millisecondsEach = 150

export interface CheckBench {
  readonly server: TestServer
  readonly world: BenchWorld
}

/** One way to answer the n-th question. */
interface Way {
  readonly name: string
  readonly check: (place: number) => boolean
}

/** @throws where one answer is wrong */
export async function benchChecks({ server, world }: CheckBench): Promise<void> {
  const questions = checkQuestions(world, many)
  const yes = questions.filter(({ right }) => right).length
  console.log(
    `\nChecks on ${server.house.database.kind}, size ${world.size.name}: ${many} questions, ${yes} of them yes, all answers compared`,
  )
  const loaded = await withLoading(server.house, questions)
  const ways = waysOf(server.house, world, questions, loaded.facts)
  printInProcess(interleaved(ways, questions), loaded.perSecond)
  await overHttp(server, questions)
}

function waysOf(house: House, world: BenchWorld, questions: readonly CheckQuestion[], facts: readonly Facts[]): Way[] {
  const made = handMade(world, questions)
  const keys = questions.map(({ person, record, action }) => [externalPerson(person), action, externalRecord(record)] as const)
  const asText = (name: string, check: TextCheck): Way => ({
    name,
    check: (place) => check(...(keys[place] as (typeof keys)[number])),
  })
  const asked = questions.map(({ action }): Action => `service_request:${action}`)
  const casl = caslChecks(made)
  return [
    asText('plain Maps', mapsCheck(made)),
    { name: 'shipped decide, facts in memory', check: (place) => decide(house.law, asked[place] as Action, facts[place] as Facts).allowed },
    asText('CASL, ability kept', casl.cached),
    asText('CASL, ability for each question', casl.perRequest),
    asText('Cedar (WebAssembly)', cedarCheck(made)),
  ]
}

interface Rate {
  readonly name: string
  readonly perSecond: number
}

/** Each way answers every question once, compared; then all take turns. */
function interleaved(ways: readonly Way[], questions: readonly CheckQuestion[]): Rate[] {
  for (const { name, check } of ways) {
    const wrong = questions.findIndex(({ right }, place) => check(place) !== right)
    if (wrong >= 0) throw new Error(`${name} answered wrongly: ${JSON.stringify(questions[wrong])}`)
  }
  const rates = ways.map(({ name }) => ({ name, times: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const [place, { check }] of ways.entries()) rates[place]?.times.push(nanosecondsOf(check))
  }
  return rates.map(({ name, times }) => ({ name, perSecond: 1e9 / spreadOf(times).p50 }))
}

function nanosecondsOf(check: Way['check']): number {
  const until = performance.now() + millisecondsEach
  const began = performance.now()
  let [asked, allowed] = [0, 0]
  for (let block = 0; performance.now() < until; block++) {
    for (let n = 0; n < 20; n++) if (check((block * 20 + n) % many)) allowed++
    asked += 20
  }
  if (allowed > asked) throw new Error('impossible: counted so that nothing is left out')
  return ((performance.now() - began) * 1e6) / asked
}

/** The shipped path inside an open door: load the facts, decide. Keeps the facts. */
async function withLoading(house: House, questions: readonly CheckQuestion[]): Promise<{ facts: Facts[]; perSecond: number }> {
  const operator = { kind: 'key', keyId: null, name: 'bench', side: 'vendor', organizationId: null, operator: true } as const
  return createContext(house, operator, 'bench').reading('decision:ask', { kind: 'portal' }, async (tx) => {
    const facts: Facts[] = []
    const began = performance.now()
    for (const question of questions) {
      const on = { kind: 'record', recordKind: 'service_request', id: recordId(question.record) } as const
      const answer = await tx.canThey(personId(question.person), `service_request:${question.action}`, on)
      if (answer.decision.allowed !== question.right) throw new Error(`the shipped check answered wrongly: ${JSON.stringify(question)}`)
      facts.push(answer.facts)
    }
    return { facts, perSecond: (1000 * questions.length) / (performance.now() - began) }
  })
}

function printInProcess(rates: readonly Rate[], loading: number): void {
  const all = [...rates, { name: 'shipped, with loading its facts', perSecond: loading }]
  const [maps, cedar] = ['plain Maps', 'Cedar (WebAssembly)'].map((name) => all.find((rate) => rate.name === name)?.perSecond ?? 1)
  printTable(
    ['in process, one core', 'a second', '× Maps', '× Cedar'],
    all.map(({ name, perSecond }) => [name, short(perSecond), short(perSecond / (maps ?? 1)), short(perSecond / (cedar ?? 1))]),
  )
}
