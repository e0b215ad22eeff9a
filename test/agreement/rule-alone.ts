// The rules as SQL without the row policies behind them: under the owner, for whom row security does not hold, with the settings of a question.
import type pg from 'pg'
import type { Action, Law } from '../../src/law/law.ts'
import { never } from '../../src/rows/expression.ts'
import { sqlText } from '../../src/rows/to-sql.ts'

/** The settings with which the door hands SQL the one who asks. */
export type Settings = Readonly<Record<string, string>>

const names = ['now', 'person', 'organization', 'side', 'roles', 'type', 'switches', 'operator', 'key'].map((name) => `app.${name}`)

export const settingsText = `select json_object_agg(n, coalesce(current_setting(n, true), '')) as settings from unnest(array[${names.map((name) => `'${name}'`).join()}]) n`

/** Which actions and pages there are, and of which kinds the records are. */
export interface Asked {
  readonly actions: readonly { readonly kind: string; readonly action: string }[]
  readonly pages: readonly { readonly page: string; readonly kind: string | null }[]
}

/** @param isAsked which actions are asked on records; opening one is a question about the customer in some portals */
export function askedOf(law: Law, isAsked: (action: string) => boolean): Asked {
  return {
    actions: [...law.kinds.values()].flatMap(({ kind, actions }) =>
      actions.filter(({ action }) => isAsked(action)).map(({ action }) => ({ kind, action })),
    ),
    pages: [...law.pages.values()].map(({ page, shows }) => ({ page, kind: shows })),
  }
}

/** Everything that the rules say of the records for those settings: "read", "page inbox", by the record's id. */
export async function byRuleAlone(
  client: pg.PoolClient,
  law: Law,
  asked: Asked,
  settings: Settings,
  records: readonly number[],
): Promise<[string, string][]> {
  await client.query('begin; set local jit to off; set local plan_cache_mode to force_generic_plan')
  try {
    await client.query('select set_config(key, value, true) from json_each_text($1)', [JSON.stringify(settings)])
    const { rows } = await client.query<{ id: string; what: string[] }>({
      name: `rules_${law.portal}`,
      text: statementOf(law, asked),
      values: [records],
    })
    return rows.flatMap(({ id, what }) => what.map((one): [string, string] => [one, id]))
  } finally {
    await client.query('rollback')
  }
}

function statementOf(law: Law, { actions, pages }: Asked): string {
  const ofKind = (kind: string, action: Action, what: string) =>
    `case when r.kind = '${kind}' and ${sqlText(law.rules.get(action) ?? never, kind, 'r')} then '${what}' end`
  const all = [
    ...actions.map(({ kind, action }) => ofKind(kind, `${kind}:${action}`, action)),
    ...pages.flatMap(({ page, kind }) => (kind === null ? [] : [ofKind(kind, `page:${page}`, `page ${page}`)])),
  ]
  return `select r.id::text as id, array_remove(array[${all.join(', ')}], null) as what from records r where r.id = any ($1::bigint[])`
}
