// Asks one question of a case in every way: the check of each record, the rule as SQL, the row policy alone, the list and its count, and AuthZEN.

import { createContext } from '../../src/context/context.ts'
import { evaluate } from '../../src/features/decisions/evaluate.ts'
import type { Action, Law } from '../../src/law/law.ts'
import { findForThemselves } from '../agreement/ask-as-themselves.ts'
import type { PutWorld } from '../agreement/put-portal-world.ts'
import { askedOf, byRuleAlone } from '../agreement/rule-alone.ts'
import type { World } from '../world.ts'

export interface Question {
  readonly person: string
  readonly kind: string
  readonly action: Action
  /** Whether reading the kind is the same question, so that lists and row policies answer it too. */
  readonly isReading: boolean
}

/** The question of a case about one person. */
export function questionOf(law: Law, asked: { kind: string | undefined; page: string | undefined; may: string }, person: string): Question {
  if (asked.page === undefined) {
    const kind = asked.kind ?? ''
    return { person, kind, action: `${kind}:${asked.may}`, isReading: asked.may === 'read' }
  }
  const kind = law.pages.get(asked.page)?.shows ?? ''
  const alone = [...law.pages.values()].filter(({ shows }) => shows === kind).length === 1
  return { person, kind, action: `page:${asked.page}`, isReading: alone && kind !== '' }
}

/** For each way the names of the records for which it says yes. */
export async function answersTo(world: World, put: PutWorld, question: Question): Promise<Record<string, string[]>> {
  const { person, kind, action, isReading } = question
  const own = await findForThemselves(world.house, put, person, isReading ? [kind] : [])
  const named = (ids: readonly string[]) => ids.map((id) => put.nameOf(id) ?? 'of another world').sort()
  const ofKind = new Set(put.world.records.filter((one) => one.kind === kind).map(({ id }) => id))
  const byPolicy = named(own.byPolicy).filter((name) => ofKind.has(name))
  return {
    ...(await askedByKey(world, put, question)),
    'rule as SQL': named(own.settings === null ? [] : await byRule(world, put, own.settings, action)),
    ...(isReading ? { 'row policy alone': byPolicy, list: named(own.bySearch) } : {}),
    // The list's count, as so many records of the list: it must be all of them.
    ...(isReading
      ? {
          count: named(own.bySearch)
            .slice(0, own.searched)
            .concat(Array(Math.max(0, own.searched - own.bySearch.length)).fill('one more')),
        }
      : {}),
  }
}

async function byRule(
  { stage, house }: World,
  put: PutWorld,
  settings: Readonly<Record<string, string>>,
  action: Action,
): Promise<string[]> {
  const client = await stage.owner.connect()
  const [kind, verb] = action.split(':') as [string, string]
  const wanted = kind === 'page' ? `page ${verb}` : verb
  try {
    const found = await byRuleAlone(
      client,
      house.law,
      askedOf(house.law, () => true),
      settings,
      put.recordIds,
    )
    const isOfKind = (id: string) => kind === 'page' || put.world.records.some((one) => one.id === put.nameOf(id) && one.kind === kind)
    return found.filter(([what, id]) => what === wanted && isOfKind(id)).map(([, id]) => id)
  } finally {
    client.release()
  }
}

const keyOf = ({ house }: World) =>
  createContext(house, { kind: 'key', keyId: null, name: 'cases', side: 'vendor', organizationId: null, operator: true }, 'cases')

async function askedByKey(world: World, put: PutWorld, { person, kind, action }: Question): Promise<Record<string, string[]>> {
  const records = put.world.records.filter((one) => one.kind === kind).map(({ id }) => id)
  const who = put.personId(person)
  const checked = await keyOf(world).reading('decision:ask', { kind: 'portal' }, async (tx) => {
    const found: string[] = []
    for (const id of records) {
      const { decision } = await tx.canThey(who, action, { kind: 'record', recordKind: kind, id: put.recordId(id) })
      if (decision.allowed) found.push(id)
    }
    return found
  })
  const items = records.map((id) => ({
    subject: { type: 'user', id: who },
    action: { name: action },
    resource: { type: kind, id: `${put.prefix} ${id}` },
  }))
  const answers = await evaluate(keyOf(world), items, 'execute_all')
  return { check: checked.sort(), AuthZEN: records.filter((_, index) => answers[index]?.decision).sort() }
}

/** Whether the page opens for somebody at all. */
export function opens(world: World, put: PutWorld, person: string, page: string): Promise<boolean> {
  return keyOf(world).reading('decision:ask', { kind: 'portal' }, async (tx) => {
    const { decision } = await tx.canThey(put.personId(person), `page:${page}`, { kind: 'self' })
    return decision.allowed
  })
}
