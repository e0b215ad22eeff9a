// A customer with its people and partners of every level, for the tests of service requests.
import type { DatabaseKind } from './database.ts'
import { createWorld, type TestPerson } from './world.ts'

export type Name = 'manager' | 'contact' | 'cc' | 'look' | 'update' | 'create' | 'admin' | 'full' | 'stranger' | 'betaManager'

export type Scene = Awaited<ReturnType<typeof createScene>>

/** Acme gave Larkfield's people a level each, and update to everyone at Bright Field; Strange has nothing, Beta Foods is another customer. */
export async function createScene(database: DatabaseKind) {
  const world = await createWorld(database)
  const { customer, partner, person, grant } = world
  const acme = await customer('Acme Robotics')
  const beta = await customer('Beta Foods')
  const larkfield = await partner('Larkfield')
  const bright = await partner('Bright Field')
  const consultant = (name: string, at = larkfield) => person(at, name, ['consultant'])
  const people: Record<Name, TestPerson> = {
    manager: await person(acme, 'Dana Lee', ['contact_manager']),
    contact: await person(acme, 'Cora Contact', ['contact']),
    cc: await consultant('Cece Copied'),
    look: await consultant('Lou Look'),
    update: await consultant('Uma Update', bright),
    create: await consultant('Cris Create'),
    admin: await consultant('Ada Admin'),
    full: await consultant('Fay Full'),
    stranger: await consultant('Stan Stranger', await partner('Strange')),
    betaManager: await person(beta, 'Bea Beta', ['contact_manager']),
  }
  const levels = { cc: 'cc', look: 'look', create: 'create', admin: 'service_admin', full: 'full_admin' } as const
  for (const [who, level] of Object.entries(levels)) await grant(acme, people[who as Name], level)
  await grant(acme, bright, 'update')
  return {
    world,
    acme,
    beta,
    bright,
    people,
    as: (who: Name) => world.as(people[who]),
    /** A record of Acme's. */
    record: (options: Parameters<typeof world.record>[1] = {}) => world.record(acme, options),
    /** The letters about one record. */
    lettersOf: async (number: string) => (await world.letters()).filter(({ subject }) => subject.startsWith(`${number}:`)),
    close: () => world.close(),
  }
}
