// A peer of checks: plain Maps with text as keys, as one would write it by hand in an afternoon.
import { type BenchWorld, levels, states } from '../world/bench-world.ts'
import type { CheckQuestion } from './questions.ts'

/** Answers for a person, an action and a record, all as text. */
export type TextCheck = (person: string, action: string, record: string) => boolean

export interface HandMade {
  readonly people: Map<string, { home: string; side: 'customer' | 'partner'; manages: boolean }>
  readonly grants: Map<string, { level: number; until: number }>
  readonly records: Map<string, { customer: string; state: string; named: Set<string> }>
}

/** Everybody and every grant; of the records those that are asked about, for records are not what such a program keeps in memory. */
export function handMade(world: BenchWorld, questions: readonly CheckQuestion[]): HandMade {
  const { people, grants, records, named } = world
  const asked = new Map(questions.map(({ record }) => [record, new Set<string>()]))
  for (const [row, record] of named.record.entries()) asked.get(record)?.add(`u${named.to[row]}`)
  return {
    people: new Map(
      Array.from(people.home, (home, n) => [
        `u${n}`,
        { home: home < 0 ? `p${-1 - home}` : `c${home}`, side: home < 0 ? 'partner' : 'customer', manages: people.manages[n] === 1 },
      ]),
    ),
    grants: new Map(
      Array.from(grants.customer, (customer, row) => {
        const person = grants.person[row] as number
        const to = person < 0 ? `p${grants.partner[row]}` : `u${person}`
        return [`c${customer}|${to}`, { level: grants.level[row] as number, until: grants.untilDay[row] as number }]
      }),
    ),
    records: new Map(
      [...asked].map(([record, names]) => [
        `R-${record + 1}`,
        { customer: `c${records.customer[record]}`, state: states[records.state[record] as number] as string, named: names },
      ]),
    ),
  }
}

const look = levels.indexOf('look')
const update = levels.indexOf('update')

export function mapsCheck({ people, grants, records }: HandMade): TextCheck {
  const inForce = (key: string) => {
    const grant = grants.get(key)
    return grant && grant.until > 0 ? grant : undefined
  }
  const mayByGrant = (action: string, customer: string, grantees: readonly string[], isNamed: boolean) => {
    const grant = inForce(`${customer}|${grantees[0]}`) ?? inForce(`${customer}|${grantees[1]}`)
    return grant !== undefined && (isNamed || grant.level >= (action === 'read' ? look : update))
  }
  return (personKey, action, recordKey) => {
    const person = people.get(personKey)
    const record = records.get(recordKey)
    if (!person || !record || (action !== 'read' && record.state === 'closed')) return false
    const isNamed = action !== 'update' && record.named.has(personKey)
    if (person.side === 'customer') return person.home === record.customer && (person.manages || isNamed)
    return mayByGrant(action, record.customer, [personKey, person.home], isNamed)
  }
}
