// The row policies of `records`, generated from the same expressions that answer checks and lists: the second net under every query.
import { any, type RowExpression } from './expression.ts'
import { literal, sqlText, textArray } from './to-sql.ts'

/** The rules of one record kind, as the policies need them. */
export interface KindRules {
  readonly kind: string
  readonly read: RowExpression
  readonly open: RowExpression
  /** Every rule whose action changes a record. */
  readonly change: readonly RowExpression[]
}

/** The expression without its conditions on the state: a change may leave the row in a state in which it could not have been changed. */
function whateverTheState(expression: RowExpression): RowExpression {
  if (expression.is === 'state') return { is: 'always' }
  if (expression.is === 'all' || expression.is === 'any') return { is: expression.is, of: expression.of.map(whateverTheState) }
  return expression
}

/** What the SQL side must know of a definition. */
export interface SqlRules {
  readonly kinds: readonly KindRules[]
  /** The sorts of grantee that the portal knows: what was given to another sort gives nothing. */
  readonly grantees: readonly string[]
  /** The home roles whose holders add or change people of their own organization; and what is given that lets others do so, or see them. */
  readonly people: { readonly keepers: readonly string[]; readonly keeping: readonly string[]; readonly reading: readonly string[] }
  /** The home roles of partners that may fill groups. */
  readonly groupFillers: readonly string[]
  readonly colleagues: ColleagueRules
}

/** Letting in colleagues: which home roles of partners may, by what a customer gives, what holds unless it chose, and what holds each code. */
export interface ColleagueRules {
  readonly roles: readonly string[]
  readonly gives: readonly string[]
  readonly unlessChosen: string
  /** For each code those that give all of it, itself included. */
  readonly within: ReadonlyMap<string, readonly string[]>
  /** The home roles of partners that may ask for a customer to be linked. */
  readonly linkers: readonly string[]
}

/** SQL that replaces all that is generated from a definition; to be run in the transaction that stores it. */
export function rowPolicies({ kinds, grantees, people, groupFillers, colleagues }: SqlRules): string {
  return [
    dropped,
    names('known_grantees', grantees),
    names('group_fillers', groupFillers),
    names('people_keepers', people.keepers),
    names('people_keeping', people.keeping),
    names('people_reading', people.reading),
    names('colleague_administrators', colleagues.roles),
    names('letting_in', colleagues.gives),
    names('colleagues_unless_chosen', [colleagues.unlessChosen]),
    names('link_askers', colleagues.linkers),
    codesWith(colleagues.within),
    ...kinds.flatMap((rules) => [partition(rules.kind), ...policiesOf(rules)]),
  ].join('\n')
}

/** A function that names something of the definition. */
const names = (name: string, values: readonly string[]): string =>
  `create or replace function ${name}() returns text[] language sql immutable parallel safe as $$ select ${textArray(values)} $$;`

/** A function that says by which codes all of a code is given; by none, where the definition does not know it. */
const codesWith = (within: ColleagueRules['within']): string => {
  const cases = [...within].map(([code, by]) => `when ${literal(code)} then ${textArray(by)}`)
  const body = cases.length === 0 ? `'{}'::text[]` : `case code ${cases.join(' ')} else '{}'::text[] end`
  return `create or replace function codes_with(code text) returns text[] language sql immutable parallel safe as $$ select ${body} $$;`
}

/** The policies of an older definition, whatever kinds it had; those of the restricted roles stay. */
const dropped = `do $$ declare p text; begin
  for p in select policyname from pg_policies where schemaname = 'public' and tablename = 'records' and policyname not in ('operator', 'facts', 'system', 'look', 'look_writes_nothing') loop
    execute format('drop policy %I on records', p);
  end loop; end $$;`

const partition = (kind: string): string => `create table if not exists records_${kind} partition of records for values in ('${kind}');`

function policiesOf({ kind, read, open, change }: KindRules): string[] {
  const text = (expression: RowExpression) => `records.kind = '${kind}' and ${sqlText(expression, kind, 'records')}`
  const changed = any(...change)
  return [
    policy(`${kind}_read`, `for select to latchkey_app using (${text(read)})`),
    policy(`${kind}_open`, `for insert to latchkey_app with check (${text(whateverTheState(open))})`),
    policy(`${kind}_change`, `for update to latchkey_app using (${text(changed)}) with check (${text(whateverTheState(changed))})`),
  ]
}

const policy = (name: string, body: string): string => `create policy ${name} on records ${body};`
