// Asks everything about a small world that is in the database in every way there is, and names the first answer that is not the expected one.
import type pg from 'pg'
import type { House } from '../../src/context/house.ts'
import { check, evaluated, type Finding } from './ask-as-key.ts'
import { findForThemselves, type OwnFindings } from './ask-as-themselves.ts'
import type { PutWorld } from './put-portal-world.ts'
import { type Asked, byRuleAlone } from './rule-alone.ts'

export interface Asking {
  readonly house: House
  readonly owner: pg.Pool
  readonly asked: Asked
  /** Of so many lists, searches for who and evaluations one is asked for: each costs a statement or two of its own. One means all. */
  readonly oneOf: number
}

/** What somebody may: "read r1", "page inbox", "page inbox r1". */
export type Expected = (person: string) => ReadonlySet<string>

/** One answer that is not the expected one. */
export interface Disagreement {
  readonly way: string
  readonly person: string
  /** Said yes to, where no was expected; said no to, where yes was. */
  readonly tooMuch: readonly string[]
  readonly tooLittle: readonly string[]
}

/** Every disagreement, in all ways: none, if they agree. */
export async function disagreements(asking: Asking, put: PutWorld, expected: Expected): Promise<Disagreement[]> {
  const { house, asked, oneOf } = asking
  const people = put.world.people.map(({ id }) => id)
  const own = new Map<string, OwnFindings>()
  const listed = (person: string) => kindsIn(put).filter((_, index) => (index + people.indexOf(person)) % oneOf === 0)
  for (const person of people) own.set(person, await findForThemselves(house, put, person, listed(person)))
  const rules = await rulesFor(asking, put, own)
  const whoOn = put.world.records.map(({ id }) => id).filter((_, index) => index % oneOf === 0)
  const { checked, who } = await check(house, put, asked, whoOn)
  const pairs = people
    .flatMap((person) => put.world.records.map(({ id }): Finding => [person, id]))
    .filter((_, index) => index % oneOf === 0)
  const authzen = await evaluated(house, put, pairs)
  const isAsked = new Set(pairs.map(([person, record]) => `${person} read ${record}`))

  return people.flatMap((person) => {
    const wanted = expected(person)
    const found = own.get(person) as OwnFindings
    const reads = [...wanted].filter(isRead)
    const inLists = reads.filter((one) => listed(person).includes(kindOf(put, one)))
    const readsOf = (ids: readonly string[]) => ids.map((id) => `read ${put.nameOf(id)}`)
    return [
      compared('check', person, of(checked, person), [...wanted]),
      compared(
        'rule as SQL',
        person,
        of(rules, person),
        [...wanted].filter((one) => !isPageAlone(one)),
      ),
      compared('row policy alone', person, readsOf(found.byPolicy), reads),
      compared('list with a search', person, readsOf(found.bySearch), inLists),
      compared('list in pages', person, readsOf(found.byPages), inLists),
      compared("list's count", person, found.miscounted, []),
      compared('count', person, [String(found.searched)], [String(inLists.length)]),
      compared(
        'who',
        person,
        of(who, person),
        reads.filter((one) => whoOn.includes(one.slice('read '.length))),
      ),
      compared(
        'AuthZEN',
        person,
        of(authzen, person),
        reads.filter((one) => isAsked.has(`${person} ${one}`)),
      ),
    ].filter((one) => one.tooMuch.length + one.tooLittle.length > 0)
  })
}

const isRead = (what: string) => what.startsWith('read ')
const isPageAlone = (what: string) => /^page \w+$/.test(what)
const of = (findings: readonly Finding[], person: string) => findings.filter(([one]) => one === person).map(([, what]) => what)
const kindsIn = ({ world }: PutWorld) => [...new Set(world.records.map(({ kind }) => kind))]
const kindOf = ({ world }: PutWorld, read: string) => world.records.find(({ id }) => `read ${id}` === read)?.kind ?? ''

function compared(way: string, person: string, found: readonly string[], wanted: readonly string[]): Disagreement {
  return {
    way,
    person,
    tooMuch: found.filter((one, index) => !wanted.includes(one) || found.indexOf(one) !== index).sort(),
    tooLittle: wanted.filter((one) => !found.includes(one)).sort(),
  }
}

async function rulesFor({ house, owner, asked }: Asking, put: PutWorld, own: ReadonlyMap<string, OwnFindings>): Promise<Finding[]> {
  const client = await owner.connect()
  try {
    const found: Finding[] = []
    for (const [person, { settings }] of own) {
      const rows = settings === null ? [] : await byRuleAlone(client, house.law, asked, settings, put.recordIds)
      found.push(...rows.map(([what, id]): Finding => [person, `${what} ${put.nameOf(id)}`]))
    }
    return found
  } finally {
    client.release()
  }
}
