// Who may do what by a portal definition, as a text that is read without knowing the code: everyone × every action × every record kind.
import { wordsOf } from '../../law/explain.ts'
import { type Action, type AllowanceLaw, allowancesOf, customersType, type HomeRoleLaw, type Law, type Side } from '../../law/law.ts'
import type { RowExpression } from '../../rows/expression.ts'
import { cellsOf } from '../compile-pages.ts'
import { verbsOf } from '../compile-permissions.ts'
import { ownKinds } from '../faults-in.ts'
import type { PortalDefinition } from '../schema.ts'
import { cell, legend, type Notes, notes, tick } from './cell.ts'
import { givenWords } from './given-words.ts'
import { cellLegend, kindTable, pageTable } from './page-table.ts'
import { customerSetWords, partnerSetWords, rowSetWords } from './row-set-words.ts'
import { ruleWords } from './rule-words.ts'
import { indented, listed, textTable } from './text-table.ts'

interface Column {
  readonly head: string
  readonly may: ReadonlyMap<Action, RowExpression>
  /** What they may do without any role: by their type of user, or because they are named. */
  readonly otherwise?: (action: Action) => 'page' | 'relation' | undefined
}

interface Section {
  readonly title: string
  /** Left out where there is nothing to say. */
  readonly body: string
}

/** The whole text, as it stands in docs/permissions and as `latchkey portal check` prints it. */
export function permissions(definition: PortalDefinition, law: Law): string {
  const among = notes()
  const parts = [...homeSections(definition, law, among), ...givenSections(definition, law, among), ...relationSections(definition)]
  const sections = [
    ...parts,
    { title: 'Notes', body: among.lines().join('\n') },
    { title: 'Every rule: on which rows, by what', body: ruleLines(law) },
    { title: 'Nobody at all, by anything in this definition', body: untouched(law) },
  ].filter(({ body }) => body !== '')
  const head = [
    `Portal ${law.portal}: who may do what. Generated from its definition; read the difference before you commit it.`,
    '',
    ...legend,
  ]
  return `${[...head, ...sections.flatMap(({ title, body }) => ['', `== ${title}`, '', body])].join('\n')}\n`
}

const headOf = {
  customer: ({ names }: Law) => `People of customers (called ${names.customer} here)`,
  partner: ({ names }: Law) => `People of partners (called ${names.partner} here)`,
  vendor: ({ names }: Law) => `People of the vendor (${names.vendor})`,
} as const

/** One table a side: what people may do in their own organization by their roles there. */
function homeSections(definition: PortalDefinition, law: Law, among: Notes): Section[] {
  const roles = [...law.homeRoles.values()]
  return (['customer', 'partner', 'vendor'] as const).map((side) => {
    const own = roles.filter((role) => role.side === side)
    const where = side === 'vendor' ? 'for the portal' : 'in their own organization'
    const table = matrix(law, own.map(columnOf(definition, side)), among)
    return { title: `${headOf[side](law)}, ${where}`, body: own.length === 0 ? '' : [table, ...atSites(own)].join('\n') }
  })
}

const columnOf =
  (definition: PortalDefinition, side: Side) =>
  ({ role, may }: HomeRoleLaw): Column => ({ head: role, may, otherwise: (action) => withoutRole(definition, side, action) })

function withoutRole(definition: PortalDefinition, side: Side, action: Action): 'page' | 'relation' | undefined {
  const [kind = '', verb] = action.split(':')
  const types = side === 'customer' ? [customersType] : side === 'partner' ? Object.keys(definition.partner_types ?? {}) : []
  const onPage = Object.values(definition.pages ?? {}).some(
    (page) => page.shows === kind && cellsOf(page).some(([type]) => types.includes(type)),
  )
  if (verb === 'read' && onPage) return 'page'
  const given = (definition.without_grant ?? []).flatMap(({ may }) => (may[kind] ?? []).flatMap((one) => verbsOf(one)))
  return side === 'partner' && given.includes(verb ?? '') ? 'relation' : undefined
}

function atSites(roles: readonly HomeRoleLaw[]): string[] {
  const narrow = roles.filter(({ scopes }) => scopes.includes('sites')).map(({ role }) => role)
  return narrow.length === 0 ? [] : ['', `At single sites too: ${listed(narrow)}.`]
}

/** What can be given, and what each of it allows at the customer who gave it. */
function givenSections(definition: PortalDefinition, law: Law, among: Notes): Section[] {
  const given = allowancesOf(law)
  if (given.length === 0) return [{ title: 'At a customer', body: 'Nobody is given access in this portal.' }]
  const columns = given.map(({ code, may }: AllowanceLaw): Column => ({ head: code, may }))
  return [
    { title: 'What a customer can give', body: givenWords(definition, law) },
    { title: 'At a customer who gave it', body: matrix(law, columns, among) },
  ]
}

/** What follows from the type of user and from who is named where, without anybody giving it. */
function relationSections(definition: PortalDefinition): Section[] {
  const sets: [string, string[]][] = [
    ['Row sets', rowSetWords(definition)],
    ['Partner sets', partnerSetWords(definition)],
    ['Customer sets', customerSetWords(definition)],
  ]
  const paged = definition.pages !== undefined
  const types = Object.entries(definition.partner_types ?? {}).map(([code, { name, says }]) => `${code}: ${name}. ${says ?? ''}`.trim())
  return [
    { title: 'Types of partner', body: types.join('\n') },
    { title: 'Pages: which rows for which type of user', body: paged ? [...cellLegend, '', pageTable(definition)].join('\n') : '' },
    { title: 'Record kinds: read where one of their pages shows them', body: paged ? kindTable(definition) : '' },
    { title: "A partner's people, without being given access", body: withoutGrant(definition) },
    ...sets.map(([title, lines]) => ({ title, body: lines.join('\n') })),
  ]
}

const withoutGrant = ({ without_grant: rules = [] }: PortalDefinition): string =>
  rules
    .flatMap(({ where, may }) =>
      Object.entries(may).map(([kind, list]) => {
        const verbs = list.map((one) => (typeof one === 'string' ? one : Object.keys(one).join(', ')))
        return `${kind}: ${verbs.join(', ')}, where it is one of ${where} and its customer is not suspended`
      }),
    )
    .join('\n')

function matrix(law: Law, columns: readonly Column[], among: Notes): string {
  const cellOf = ({ may, otherwise }: Column, action: Action): string => {
    const without = may.has(action) ? undefined : otherwise?.(action)
    return without === undefined ? cell(may.get(action), among) : `${tick} ${without}`
  }
  const rows = actionsOf(law).map((action) => [action, ...columns.map((column) => cellOf(column, action)), wordsOf(law, action)])
  return textTable([['', ...columns.map(({ head }) => head), 'what it is'], ...rows])
}

/** What can be done to records, kind by kind, and then to what is no record. */
function actionsOf(law: Law): Action[] {
  const ofKinds = [...law.kinds.values()].flatMap(({ kind, actions }) => actions.map(({ action }): Action => `${kind}:${action}`))
  const ofOwn = Object.entries(ownKinds).flatMap(([kind, verbs]) => verbs.map((verb): Action => `${kind}:${verb}`))
  return [...new Set([...ofKinds, ...ofOwn])]
}

function ruleLines(law: Law): string {
  return [...law.rules].map(([action, expression]) => `${action}: ${indented(ruleWords(expression)).trimStart()}`).join('\n')
}

function untouched(law: Law): string {
  const without = actionsOf(law).filter((action) => (law.rules.get(action) ?? { is: 'never' }).is === 'never')
  return without.length === 0 ? "(every action is somebody's)" : without.join('\n')
}
