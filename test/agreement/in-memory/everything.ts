// Everything that the pure law allows in a small world, as one set: for comparing a world with one that is a little different.
import { decide } from '../../../src/law/decide.ts'
import type { Law } from '../../../src/law/law.ts'
import { factsOf } from '../facts-of-world.ts'
import type { PortalRecord, PortalWorld } from '../portal-world.ts'

/** "p0 read r1" for everything that anybody may do. */
export function everythingIn(law: Law, world: PortalWorld): Set<string> {
  return new Set(world.people.flatMap(({ id }) => world.records.flatMap((record) => allowed(law, world, id, record))))
}

function allowed(law: Law, world: PortalWorld, person: string, record: PortalRecord): string[] {
  const facts = factsOf(world, person, record)
  const actions = law.kinds.get(record.kind)?.actions ?? []
  return actions
    .filter(({ action }) => decide(law, `${record.kind}:${action}`, facts).allowed)
    .map(({ action }) => `${person} ${action} ${record.id}`)
}

/** What is in the first and not in the second. */
export const beyond = (first: ReadonlySet<string>, second: ReadonlySet<string>): string[] => [...first].filter((one) => !second.has(one))
