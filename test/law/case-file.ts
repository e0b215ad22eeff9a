// The case files: who, grants, records, instant, and what follows. Each case is one question about the records of a kind or of a page.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { PortalName, PortalWorld } from '../agreement/portal-world.ts'
import { type CaseWorld, caseWorld, changes, worldOf } from './case-world.ts'

const seen = z.union([z.array(z.string()), z.literal('open'), z.literal('closed'), z.string().regex(/^all but [a-z-]+$/)])
const oneCase = z.strictObject({
  name: z.string(),
  kind: z.string().optional(),
  page: z.string().optional(),
  may: z.string().default('read'),
  /** Asked about these records alone. */
  only: z.array(z.string()).optional(),
  /** The hour at which it is asked. */
  at: z.number().default(0),
  sees: z.record(z.string(), seen),
  ...changes,
})
const caseFile = z.strictObject({ portal: z.string(), world: caseWorld, cases: z.array(oneCase) })

export interface LawCase {
  readonly name: string
  /** Its hour 0 is that of the question. */
  readonly world: PortalWorld
  readonly kind: string | undefined
  readonly page: string | undefined
  readonly may: string
  readonly only: readonly string[] | undefined
  readonly sees: Readonly<Record<string, z.infer<typeof seen>>>
}

export interface LawCases {
  readonly portal: PortalName
  readonly cases: readonly LawCase[]
}

/** Every file of this folder. */
export const lawCases: readonly LawCases[] = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => {
    const { portal, world, cases } = caseFile.parse(parse(readFileSync(join(import.meta.dirname, file), 'utf8')))
    return { portal: portal as PortalName, cases: cases.map((one) => caseOf(one, world)) }
  })

function caseOf({ name, kind, page, may, only, at, sees, ...changed }: z.infer<typeof oneCase>, world: CaseWorld): LawCase {
  const groups = { ...world.groups, ...changed.groups }
  const changedWorld = { ...world, groups, relations: changed.relations ?? world.relations, grants: changed.grants ?? world.grants }
  return { name, kind, page, may, only, sees, world: seenFrom(worldOf(changedWorld), at) }
}

/** The same world some hours later: everything in it began and ends so much earlier. */
function seenFrom(world: PortalWorld, at: number): PortalWorld {
  const moved = <T extends { readonly from: number; readonly until: number | null }>(one: T): T => ({
    ...one,
    from: one.from - at,
    until: one.until === null ? null : one.until - at,
  })
  return {
    ...world,
    relationships: world.relationships.map(moved),
    people: world.people.map(moved),
    groups: world.groups.map((one) => ({ ...one, members: one.members.map(moved) })),
    grants: world.grants.map((one) => ({ ...moved(one), endedAt: one.endedAt === null ? null : one.endedAt - at })),
  }
}
