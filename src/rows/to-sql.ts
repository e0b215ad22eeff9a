// Writes a row expression as SQL over a row of `records`. Only names out of a checked portal definition are written into the text.
import { type RawBuilder, sql } from 'kysely'
import type { RowExpression, Scalar } from './expression.ts'
import type { Visibility } from './visibility.ts'

const nameShape = /^[a-z][a-z0-9_]{0,63}([./][a-z][a-z0-9_]{0,63}){0,3}$/

export function literal(name: string): string {
  if (!nameShape.test(name)) throw new Error(`not a name of a portal definition: ${JSON.stringify(name)}`)
  return `'${name}'`
}

/** A text as SQL writes it between quotes, for texts that are run later. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A value of a definition as JSON; a text is at most a line and may hold any letter. */
const json = (value: Scalar): string => `${quoted(JSON.stringify(value))}::jsonb`

/** Names of a definition as an array; anything else is refused. */
export const textArray = (names: readonly string[]): string => `array[${names.map(literal).join(', ')}]::text[]`

/** Whether a statement asks about a few rows, or goes through many. */
type Rows = 'few' | 'many'

type Of<Is extends RowExpression['is']> = Extract<RowExpression, { is: Is }>

/**
 * The expression as SQL text over a row of `records` (or its alias), true where it holds for the actor of the transaction's settings.
 * What depends on the actor alone stands in sub-selects without outer references: computed once a statement.
 */
export function sqlText(expression: RowExpression, kind: string, row: string, rows: Rows = 'many'): string {
  switch (expression.is) {
    case 'always':
      return 'true'
    case 'never':
      return 'false'
    case 'access':
      return accessText(expression, kind, row)
    case 'named':
      return namedText(expression, kind, row, rows)
    case 'state':
      return `${row}.state in (${expression.among.map(literal).join(', ') || "''"})`
    case 'all':
      return `(${expression.of.map((part) => sqlText(part, kind, row, rows)).join(' and ')})`
    case 'any':
      return `(${expression.of.map((part) => sqlText(part, kind, row, rows)).join(' or ')})`
    default:
      return actorText(expression, kind, row)
  }
}

/** All records on which the actor is named, found once; or a look whether they are named on this one. */
function namedText({ relations }: Of<'named'>, kind: string, row: string, rows: Rows): string {
  if (rows === 'many') return `${row}.id = any ((select my_records(${literal(kind)}, ${textArray(relations)}))::bigint[])`
  return `coalesce((select true from record_people n where n.kind = ${literal(kind)} and n.record_id = ${row}.id
    and n.person_id = (select app_person()) and n.relation = any (${textArray(relations)}) limit 1), false)`
}

/** The customers as a bitmap; where it may be held more narrowly, the sites as another and the single records by their ids. */
function accessText({ gives, homeRoles, narrow }: Of<'access'>, kind: string, row: string): string {
  const { siteGives, siteRoles, recordGives } = narrow
  const parts = [`holds_number((select access_customers(${textArray(gives)}, ${textArray(homeRoles)})), ${row}.customer_no)`]
  if (siteGives.length + siteRoles.length > 0)
    parts.push(`holds_number((select access_sites(${textArray(siteGives)}, ${textArray(siteRoles)})), ${row}.site_no)`)
  if (recordGives.length > 0) parts.push(`${row}.id = any ((select access_records(${literal(kind)}, ${textArray(recordGives)}))::bigint[])`)
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' or ')})`
}

function actorText(
  expression: Of<'type' | 'switch' | 'assigned' | 'related' | 'unsuspended' | 'addressed' | 'attribute'>,
  kind: string,
  row: string,
): string {
  switch (expression.is) {
    case 'type':
      return `(select app_type()) in (${expression.among.map(literal).join(', ') || "''"})`
    case 'switch':
      return `(select ${literal(expression.name)} = any (app_switches())) = ${expression.on}`
    case 'assigned':
      return assignedText(expression, kind, row)
    case 'related':
      return relatedText(expression, row)
    case 'unsuspended':
      return unsuspendedText(`${row}.${numberThrough(expression.through)}`)
    case 'addressed':
      return addressedText(`${row}.attributes -> ${literal(expression.field)}`, row)
    case 'attribute':
      return attributeText(expression, row)
  }
}

const numberThrough = (through: 'record' | 'reference'): string => (through === 'record' ? 'customer_no' : 'reference_customer_no')

const unsuspendedText = (customer: string): string =>
  `(${customer} is null or not holds_number((select suspended_customers()), ${customer}))`

const addressedText = (list: string, row: string): string =>
  `(${row}.customer_no is null and jsonb_typeof(${list}) = 'array' and ${list} @> to_jsonb((select nullif(app_type(), ''))))`

/** A probe of the side table, never a join: it stops at the first row. */
function assignedText({ relations, alike }: Of<'assigned'>, kind: string, row: string): string {
  return `coalesce((select true from record_assignments p where p.kind = ${literal(kind)} and p.record_id = ${row}.id
    and p.relation = any (${textArray(relations)}) and p.partner_id = any ((select my_partners(${alike}))::uuid[]) limit 1), false)`
}

function relatedText({ relations, alike, through, unlessGranted }: Of<'related'>, row: string): string {
  const customers = `(select related_customers(${textArray(relations)}, ${alike}, ${unlessGranted}))`
  return `holds_number(${customers}, ${row}.${numberThrough(through)})`
}

/** A list or a group of values compares with nothing, as in memory; an action's attributes are not known to rows. */
function attributeText({ of, name, value, equal }: Of<'attribute'>, row: string): string {
  if (of === 'action') return 'false'
  const found = of === 'record' ? `${row}.attributes -> ${literal(name)}` : `(select my_attribute(${literal(name)}))`
  return `coalesce(jsonb_typeof(${found}) in ('string', 'number', 'boolean') and ${found} ${equal ? '=' : '<>'} ${json(value)}, false)`
}

/** A visibility as a condition for a query over `records` under the given alias. */
export function toSql(visibility: Visibility, kind: string, row = 'records'): RawBuilder<boolean> {
  const text = visibility.is === 'none' ? 'false' : sqlText(visibility.expression, kind, row)
  return sql<boolean>`${sql.raw(`(${row}.kind = ${literal(kind)} and ${text})`)}`
}
