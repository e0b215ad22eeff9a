// The case files, on both databases: what the checks say is what each case expects, and every other way of asking says what the checks say.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { createWorld, type World } from '../world.ts'
import { type AskedWorld, askedWorld } from './asked-world.ts'
import { type LawCase, lawCases } from './case-file.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  describe.each(lawCases)('$portal', ({ portal, cases }) => {
    let world: World
    /** Cases of the same world share it: everything about it is asked once. */
    const asked = new Map<string, Promise<AskedWorld>>()
    beforeAll(async () => {
      world = await createWorld(kind, portal)
    })
    afterAll(() => world.close())

    function askedFor({ world: small }: LawCase): Promise<AskedWorld> {
      const key = JSON.stringify(small)
      const known = asked.get(key) ?? askedWorld(world, small)
      asked.set(key, known)
      return known
    }

    test.each(cases.map((one): [string, LawCase] => [one.name, one]))('%s', async (_name, one) => {
      const answers = await askedFor(one)
      const visible = Object.keys(one.sees).map((person) => compare(world, answers, one, person))
      // A case in which nobody sees anything would be true of an empty database.
      expect(Math.max(...visible)).toBeGreaterThan(0)
    })
  })
})

/** How much of it they see, after it was compared. */
function compare({ stage }: World, answers: AskedWorld, one: LawCase, person: string): number {
  const kind = one.page === undefined ? one.kind : stage.law.pages.get(one.page)?.shows
  const expected = one.sees[person] ?? []
  if (one.page !== undefined) expect({ person, opens: answers.opens(person, one.page) }).toEqual({ person, opens: expected !== 'closed' })
  if (expected === 'open') return 1
  const among = recordsOf(one, String(kind), one.only)
  const wanted = recordsOf(one, String(kind), expected).sort()
  const found = answers.where(person, one.page === undefined ? one.may : `page ${one.page}`).filter((name) => among.includes(name))
  expect({ person, found }).toEqual({ person, found: wanted })
  return wanted.length
}

/** The names of the records that are meant: those of a list are called by their customer. */
function recordsOf({ world }: LawCase, kind: string, said: string | readonly string[] | undefined): string[] {
  const all = world.records.filter((one) => one.kind === kind).map(({ id }) => id)
  const full = (name: string) => {
    const found = [name, `${kind}-${name}`].find((id) => all.includes(id))
    if (found === undefined) throw new Error(`there is no ${kind} "${name}"`)
    return found
  }
  if (said === undefined) return all
  if (said === 'closed') return []
  return typeof said === 'string' ? all.filter((id) => id !== full(said.replace('all but ', ''))) : said.map(full)
}
