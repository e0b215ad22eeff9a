// A small world of a portal in the database, asked about in every way there is; what the checks say can be read, and that all other ways say the same.
import { expect } from 'vitest'
import { disagreements } from '../agreement/ask-all-ways.ts'
import { check } from '../agreement/ask-as-key.ts'
import type { PortalWorld } from '../agreement/portal-world.ts'
import { type PutWorld, putPortalWorlds } from '../agreement/put-portal-world.ts'
import { askedOf } from '../agreement/rule-alone.ts'
import type { World } from '../world.ts'

export interface AskedWorld {
  /** What somebody may do to a record, as one line in the order of the definition. */
  may(person: string, record: string): string
  /** Everything of the sort that somebody may: `read`, `page inbox`, `pay`; the records' names, sorted. */
  where(person: string, what: string): string[]
  opens(person: string, page: string): boolean
}

/** Fails where list, count, search, who, rule, row policy alone or AuthZEN say otherwise than the checks. */
export async function askedWorld(world: World, small: PortalWorld): Promise<AskedWorld> {
  const { house, stage } = world
  const asked = askedOf(stage.law, () => true)
  const put = (await putPortalWorlds(stage.owner, [small], world.clock.at))[0] as PutWorld
  const { checked } = await check(house, put, asked, [])
  const all = (person: string) => checked.filter(([one]) => one === person).map(([, what]) => what)
  const answers = { house, owner: stage.owner, asked, oneOf: 1 }
  expect(await disagreements(answers, put, (person) => new Set(all(person)))).toEqual([])
  return {
    may: (person, record) =>
      all(person)
        .filter((what) => what.endsWith(` ${record}`) && !what.startsWith('page '))
        .map((what) => what.slice(0, -record.length - 1))
        .join(' '),
    where: (person, what) =>
      all(person)
        .filter((one) => one.startsWith(`${what} `))
        .map((one) => one.slice(what.length + 1))
        .sort(),
    opens: (person, page) => all(person).includes(`page ${page}`),
  }
}
