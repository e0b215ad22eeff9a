// Checks over HTTP, one by one and in batches of 50, beside a request that asks nothing on the same server.
import type { TestServer } from '../../test/server.ts'
import { printTable, short } from '../measure.ts'
import { rateOf, together } from '../rates.ts'
import { externalPerson, externalRecord } from '../world/put-in-database.ts'
import type { CheckQuestion } from './questions.ts'

const batch = 50

const evaluationOf = ({ person, record, action }: CheckQuestion) => ({
  subject: { type: 'user', id: externalPerson(person) },
  action: { name: action },
  resource: { type: 'service_request', id: externalRecord(record) },
})

export async function overHttp(server: TestServer, questions: readonly CheckQuestion[]): Promise<void> {
  const key = server.withBearer()
  const one = (turn: number) => questions[turn % questions.length] as CheckQuestion
  const some = (turn: number) => Array.from({ length: batch }, (_, n) => one(turn * batch + n))
  const nothing = await rateOf(
    'nothing (/livez)',
    () => server.nobody('GET', '/livez'),
    () => true,
  )
  const single = await rateOf(
    'one check',
    (turn) => key('POST', '/access/v1/evaluation', evaluationOf(one(turn))),
    (body, turn) => decisionOf(body) === one(turn).right,
  )
  const batches = await rateOf(
    `batches of ${batch}`,
    (turn) => key('POST', '/access/v1/evaluations', { evaluations: some(turn).map(evaluationOf) }),
    (body, turn) => some(turn).every(({ right }, place) => decisionOf((body as { evaluations: unknown[] }).evaluations[place]) === right),
  )
  console.log(`\n  ${together} requests at once, caller and server in one process`)
  printTable(
    ['over HTTP', 'requests a second', 'checks a second', 'p50 ms', 'p95 ms', '× nothing'],
    [nothing, single, batches].map(({ name, perSecond, p50, p95 }) => [
      name,
      short(perSecond),
      name === nothing.name ? '' : short(perSecond * (name === batches.name ? batch : 1)),
      String(p50),
      String(p95),
      short(perSecond / nothing.perSecond),
    ]),
  )
}

const decisionOf = (body: unknown): boolean => (body as { decision: boolean }).decision
