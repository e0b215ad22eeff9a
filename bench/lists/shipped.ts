// The product's own lists: the statement alone inside an open door, and the whole use case as a request runs it.
import { createContext } from '../../src/context/context.ts'
import type { House } from '../../src/context/house.ts'
import { cursorOf } from '../../src/features/records/cursor-rules.ts'
import { countRecords, listRecords } from '../../src/features/records/list-records.ts'
import { countOfRecords, recordsAfter } from '../../src/features/records/list-store.ts'
import { visible } from '../../src/law/visible.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import { actorOf } from '../world/put-in-database.ts'
import { type Shape, timed } from './peers.ts'
import { type Asked, pageLength, type Question } from './questions.ts'

const kind = 'service_request'

const placeOf = ({ after }: Asked) => (after ? { exact: false, ...after } : undefined)

/** Only the statement, with row security on; the door around it is not counted. */
export function shippedStatement(house: House, world: BenchWorld): Shape {
  return {
    name: 'shipped, SQL only',
    filters: 'person',
    ask(question, asked) {
      const ctx = createContext(house, actorOf(world, asked.member.person), 'bench')
      return ctx.reading(`${kind}:read`, { kind: 'self' }, async (tx) => {
        const rule = visible(tx.law, tx.actor, `${kind}:read`)
        const filter = { search: asked.text }
        if (question === 'count') return timed(() => countOfRecords(tx, kind, rule, filter))
        return timed(async () =>
          (await recordsAfter(tx, kind, rule, filter, placeOf(asked), pageLength + 1)).slice(0, pageLength).map(({ id }) => id),
        )
      })
    },
    close: async () => undefined,
  }
}

/** The use case: door, facts, decision, page, people, count. */
export function shippedWhole(house: House, world: BenchWorld): Shape {
  return {
    name: 'shipped, whole use case',
    filters: 'person',
    ask(question: Question, asked: Asked) {
      const ctx = createContext(house, actorOf(world, asked.member.person), 'bench')
      if (question === 'count') return timed(async () => (await countRecords(ctx, { kind })).total)
      const place = placeOf(asked)
      const input = { kind, q: asked.text, limit: pageLength, after: place && cursorOf(place) }
      return timed(async () => (await listRecords(ctx, input)).items.map(({ id }) => id))
    },
    close: async () => undefined,
  }
}
