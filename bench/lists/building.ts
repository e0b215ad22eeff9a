// How long it takes to build what a person reaches from the grants and to keep it, and to find it kept.
import type { House } from '../../src/context/house.ts'
import { keepReach, ReachNotKept } from '../../src/context/kept-reach.ts'
import type { SubjectFact } from '../../src/law/facts.ts'
import { printTable, short, spreadOf } from '../measure.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import { castOf, classes } from '../world/cast.ts'
import { actorOf } from '../world/put-in-database.ts'

const runs = 5

/** Builds the reach of everybody of the cast a few times. */
export async function benchBuilding(house: House, world: BenchWorld): Promise<void> {
  const times = new Map(classes.map((is) => [is, [] as number[]]))
  for (let run = 0; run < runs; run++) {
    for (const { is, person } of castOf(world)) {
      const { personId, organizationId, side } = actorOf(world, person)
      const began = performance.now()
      await keepReach(house, new ReachNotKept({ personId, organizationId, side } as SubjectFact))
      times.get(is)?.push(performance.now() - began)
    }
  }
  console.log('\n  building what a person reaches, and keeping it')
  printTable(
    ['', 'p50 ms', 'p95 ms'],
    [...times].map(([is, spent]) => [is, short(spreadOf(spent).p50), short(spreadOf(spent).p95)]),
  )
}
