// One person with access to one customer, and what is asked of the database about what is kept for them.
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { countRecords } from '../../src/features/records/list-records.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import type { DatabaseKind } from '../database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World, worldStart } from '../world.ts'

const kind = 'service_request'

export function reachStage(database: DatabaseKind) {
  const all: { world: World; acme: TestOrganization; priya: TestPerson } = {} as never
  beforeAll(async () => {
    all.world = await createWorld(database)
  })
  afterAll(() => all.world.close())
  beforeEach(async () => {
    all.world.setClock(worldStart)
    all.acme = await all.world.customer('Acme Robotics')
    all.priya = await all.world.person(await all.world.partner('Larkfield'), 'Priya Raman', ['consultant'])
    await all.world.record(all.acme)
  })
  const owner = (text: string, values: unknown[] = []) => all.world.stage.owner.query(text, values)
  /** How many records are counted for Priya and how many the policy lets through; a refusal is none. */
  const seen = async (who: TestPerson = all.priya): Promise<number | number[]> => {
    try {
      const { total } = await countRecords(all.world.as(who), { kind })
      const byPolicy = await all.world
        .as(who)
        .reading(`${kind}:read`, { kind: 'self' }, async (tx) => (await tx.sql.selectFrom('records').select('id').execute()).length)
      return total === byPolicy ? total : [total, byPolicy]
    } catch (error) {
      if (isRefusal(error)) return 0
      throw error
    }
  }
  const exactOf = (side = 'partner', at: string = all.world.clock.at) =>
    `select count(*)::int as many from exact_reach('${all.priya.id}', '${all.priya.organization.id}', '${side}', '${at}')`
  const exact = async (...asked: Parameters<typeof exactOf>): Promise<boolean> => (await owner(exactOf(...asked))).rows[0].many > 0
  const keeping = () => `select keep_reach('${all.priya.id}', '${all.priya.organization.id}', 'partner', '${all.world.clock.at}')`
  const removing = () =>
    `update grants set ended_at = '${all.world.clock.at}', end_kind = 'removed' where partner_id = '${all.priya.organization.id}'`
  return { all, owner, seen, exactOf, exact, keeping, removing }
}
