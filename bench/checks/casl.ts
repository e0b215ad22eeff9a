// A peer of checks: CASL, with one ability for each person, kept or made for every question.
import { createMongoAbility, type MongoAbility, subject } from '@casl/ability'
import { states } from '../world/bench-world.ts'
import type { HandMade, TextCheck } from './maps.ts'

const open = { $in: states.filter((state) => state !== 'closed') }

/** What a person's ability is made from: the grants in force, found by person and by partner beforehand. */
export function caslChecks(made: HandMade): { readonly cached: TextCheck; readonly perRequest: TextCheck } {
  const grantsTo = Map.groupBy(
    [...made.grants].filter(([, { until }]) => until > 0).map(([key, { level }]) => ({ level, place: key.split('|') as [string, string] })),
    ({ place }) => place[1],
  )
  const abilityOf = (person: string): MongoAbility => {
    const home = made.people.get(person)
    if (!home) return createMongoAbility([])
    if (home.side === 'customer') return createMongoAbility(atHome(person, home.home, home.manages))
    const level = new Map<string, number>()
    for (const grantee of [home.home, person]) for (const grant of grantsTo.get(grantee) ?? []) level.set(grant.place[0], grant.level)
    return createMongoAbility(byGrants(person, level))
  }
  const kept = new Map<string, MongoAbility>()
  const check = (ability: MongoAbility, action: string, key: string) => {
    const record = made.records.get(key)
    return record !== undefined && ability.can(action, subject('service_request', { ...record, named: [...record.named] }))
  }
  return {
    cached: (person, action, key) => {
      const ability = kept.get(person) ?? abilityOf(person)
      kept.set(person, ability)
      return check(ability, action, key)
    },
    perRequest: (person, action, key) => check(abilityOf(person), action, key),
  }
}

const rule = (action: string, conditions: object) => ({ action, subject: 'service_request', conditions })

function atHome(person: string, customer: string, manages: boolean) {
  if (manages) return [rule('read', { customer }), rule('reply', { customer, state: open }), rule('update', { customer, state: open })]
  return [rule('read', { customer, named: person }), rule('reply', { customer, named: person, state: open })]
}

function byGrants(person: string, level: ReadonlyMap<string, number>) {
  const from = (least: number) => ({ $in: [...level].filter(([, reached]) => reached >= least).map(([customer]) => customer) })
  return [
    rule('read', { customer: from(1) }),
    rule('read', { customer: from(0), named: person }),
    rule('reply', { customer: from(2), state: open }),
    rule('reply', { customer: from(0), named: person, state: open }),
    rule('update', { customer: from(2), state: open }),
  ]
}
