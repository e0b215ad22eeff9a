// Lists: limits, peers and the shipped statement asked in turns, every answer compared with the naive one, and the ratios printed.
import type pg from 'pg'
import type { House } from '../../src/context/house.ts'
import { type BenchWorld, oldest, rareText } from '../world/bench-world.ts'
import { castOf, type Member, reachInWords } from '../world/cast.ts'
import { newestFirst, rightList, withText } from '../world/naive-answers.ts'
import { actorOf, recordId } from '../world/put-in-database.ts'
import { benchBuilding } from './building.ts'
import { listOfIds, type PeerPerson, plainRowSecurity, type Shape, type Timed, unfiltered } from './peers.ts'
import { type Asked, askedOf, commonText, type Question, questions, type RightAnswers } from './questions.ts'
import { printRatios, type Times } from './ratios.ts'
import { shippedStatement, shippedWhole } from './shipped.ts'

/** How long one shape is asked one question; every person is asked about at least once. */
const millisecondsEach = 4_000
const mostRuns = 60

export interface ListBench {
  readonly house: House
  readonly owner: pg.Pool
  readonly world: BenchWorld
}

/** @throws where one answer is wrong */
export async function benchLists({ house, owner, world }: ListBench): Promise<void> {
  const personOf = ({ member }: Asked) => peerPerson(world, member)
  const shapes = [unfiltered(owner, 'ids'), unfiltered(owner, 'rows'), shippedStatement(house, world), shippedWhole(house, world)]
  if (house.database.kind === 'postgresql') {
    shapes.push(listOfIds(owner, personOf))
    for (const form of ['hashed sub-plans', 'one function a row'] as const) shapes.push(await plainRowSecurity(owner, form, personOf))
  }
  try {
    const right = rightAnswers(world)
    console.log(`\nLists on ${house.database.kind}, size ${world.size.name}: ratios to the limit, which is asked in the same round`)
    for (const { member, answers } of right.people) console.log(`  ${reachInWords(world, member, answers.visible.length)}`)
    await benchBuilding(house, world)
    for (const question of questions) printRatios(question, await measure(question, shapes, right))
  } finally {
    for (const shape of shapes) await shape.close()
  }
}

interface Right {
  readonly everybody: RightAnswers
  readonly people: readonly { readonly member: Member; readonly answers: RightAnswers }[]
}

function rightAnswers(world: BenchWorld): Right {
  const newest = newestFirst(world, 0)
  const answersOf = (visible: Uint32Array): RightAnswers => ({
    visible,
    rare: withText(world, visible, rareText),
    common: withText(world, visible, commonText),
    placeOf: (record) => ({ updatedAt: secondsInWords(world.records.updatedAt[record] ?? oldest), id: recordId(record) }),
  })
  return {
    everybody: answersOf(newest),
    people: castOf(world).map((member) => ({ member, answers: answersOf(rightList(world, newest, member.person)) })),
  }
}

const secondsInWords = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}.000000Z`

/** Asks every shape about every person in turns, each time beginning with another shape. */
async function measure(question: Question, shapes: readonly Shape[], { everybody, people }: Right): Promise<Times[]> {
  const asked = people.flatMap(({ member, answers }) => {
    const [person, nobody] = [askedOf(question, member, answers), askedOf(question, member, everybody)]
    return person && nobody ? [{ person, nobody }] : []
  })
  const times: Times[] = shapes.map(({ name }) => ({ name, runs: [], spent: 0, answers: true }))
  const turns = shapes.map((shape, place) => ({ shape, times: times[place] as Times }))
  for (let round = 0; round < mostRuns; round++) {
    for (const of of asked)
      for (const turn of turnsFrom(turns, round)) await askOnce(turn.shape, question, of[turn.shape.filters], turn.times, round)
  }
  return times
}

const turnsFrom = <T>(turns: readonly T[], round: number): T[] => {
  const first = round % turns.length
  return [...turns.slice(first), ...turns.slice(0, first)]
}

/** A class of people for whom the shape was too slow is not asked about again. */
const isEnough = (times: Times, { member }: Asked, round: number): boolean =>
  !times.answers || (round > 0 && times.spent > millisecondsEach) || times.runs.some(({ is, ms }) => is === member.is && ms === Infinity)

async function askOnce(shape: Shape, question: Question, asked: Asked, times: Times, round: number): Promise<void> {
  if (isEnough(times, asked, round)) return
  const asking = shape.ask(question, asked)
  if (asking === undefined) {
    times.answers = false
    return
  }
  const { answer, ms } = await asking.catch(tooLong)
  if (answer !== undefined && JSON.stringify(answer) !== JSON.stringify(asked.right)) {
    throw new Error(`${shape.name} answered "${question}" wrongly for person ${asked.member.person} (${asked.member.is}):
      ${JSON.stringify(answer)} instead of ${JSON.stringify(asked.right)}`)
  }
  times.runs.push({ is: asked.member.is, ms })
  times.spent += ms
}

/** A statement that was ended because it took too long counts as one that never ends. */
function tooLong(error: unknown): { answer: undefined; ms: number } | Timed {
  if ((error as { code?: string }).code === '57014') return { answer: undefined, ms: Infinity }
  throw error
}

function peerPerson(world: BenchWorld, { person }: Member): PeerPerson {
  const { personId, organizationId, side, roles } = actorOf(world, person)
  return { personId, organizationId, side, manages: roles.includes('contact_manager') }
}
