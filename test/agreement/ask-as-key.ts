// What the vendor's key is told about everybody: the check of every action and page, who can read each record, and AuthZEN evaluations.
import { createContext } from '../../src/context/context.ts'
import type { House } from '../../src/context/house.ts'
import { evaluate } from '../../src/features/decisions/evaluate.ts'
import { decide } from '../../src/law/decide.ts'
import type { Facts } from '../../src/law/facts.ts'
import type { Action, Law } from '../../src/law/law.ts'
import type { PortalRecord } from './portal-world.ts'
import type { PutWorld } from './put-portal-world.ts'
import type { Asked } from './rule-alone.ts'

const keyOf = (house: House) =>
  createContext(house, { kind: 'key', keyId: null, name: 'agreement', side: 'vendor', organizationId: null, operator: true }, 'agreement')

/** A person and what they may: "read r1", "page inbox", "page inbox r1". */
export type Finding = readonly [person: string, what: string]

/** An action as the law knows it, and how it stands among the findings. */
type Question = readonly [action: Action, what: string]

/** The check of everything for everybody, and for some records who can read them. */
export function check(
  house: House,
  put: PutWorld,
  asked: Asked,
  whoOn: readonly string[],
): Promise<{ checked: Finding[]; who: Finding[] }> {
  const people = put.world.people.map(({ id }) => put.personId(id))
  const pages = asked.pages.map(({ page }): Question => [`page:${page}`, `page ${page}`])
  return keyOf(house).reading('decision:ask', { kind: 'portal' }, async (tx) => {
    const checked = allowed(tx.law, put, await tx.factsOfPeople(people, { kind: 'self' }), pages)
    const who: Finding[] = []
    for (const record of put.world.records) {
      const on = { kind: 'record', recordKind: record.kind, id: put.recordId(record.id) } as const
      checked.push(...allowed(tx.law, put, await tx.factsOfPeople(people, on), questionsOn(asked, record)))
      const ours = { limit: 1000, after: null, keep: ({ id }: { id: string }) => put.nameOf(id) !== undefined }
      const { items } = whoOn.includes(record.id) ? await tx.whoCan(`${record.kind}:read`, on, ours) : { items: [] }
      who.push(...items.map(({ id }): Finding => [String(put.nameOf(id)), `read ${record.id}`]))
    }
    return { checked, who }
  })
}

const questionsOn = ({ actions, pages }: Asked, { id, kind }: PortalRecord): Question[] => [
  ...actions.filter((one) => one.kind === kind).map(({ action }): Question => [`${kind}:${action}`, `${action} ${id}`]),
  ...pages.filter((one) => one.kind === kind).map(({ page }): Question => [`page:${page}`, `page ${page} ${id}`]),
]

function allowed(law: Law, put: PutWorld, facts: readonly Facts[], questions: readonly Question[]): Finding[] {
  return facts.flatMap((one) => {
    const person = put.nameOf(one.subject?.personId ?? '')
    const yes = person === undefined ? [] : questions.filter(([action]) => decide(law, action, one).allowed)
    return yes.map(([, what]): Finding => [String(person), what])
  })
}

/** The pairs of a person and a record for which an evaluation says yes to reading. */
export async function evaluated(house: House, put: PutWorld, pairs: readonly Finding[]): Promise<Finding[]> {
  const kindOf = (record: string) => put.world.records.find(({ id }) => id === record)?.kind ?? ''
  const items = pairs.map(([person, record]) => ({
    subject: { type: 'user', id: put.personId(person) },
    action: { name: 'read' },
    resource: { type: kindOf(record), id: `${put.prefix} ${record}` },
  }))
  const answers = await evaluate(keyOf(house), items, 'execute_all')
  return pairs.filter((_, index) => answers[index]?.decision).map(([person, record]) => [person, `read ${record}`])
}
