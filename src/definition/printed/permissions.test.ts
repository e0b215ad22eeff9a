// The printed permissions of every portal say what the law answers: each tick and each cross is asked of `decide`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decide } from '../../law/decide.ts'
import type { Facts, GrantFact } from '../../law/facts.ts'
import { type Action, allowancesOf, type Law, letInAction } from '../../law/law.ts'
import { consultant, facts, grant, manager } from '../../law/scene.test-support.ts'
import { checkedDefinition, readDefinition } from '../read.ts'
import { permissions } from './permissions.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'portals')
const portals = readdirSync(folder).map((file) => file.replace('.yaml', ''))

function printed(portal: string): { text: string; law: Law } {
  const source = readFileSync(join(folder, `${portal}.yaml`), 'utf8')
  const law = readDefinition(source, portal)
  return { law, text: permissions(checkedDefinition(source, portal), law) }
}

/** The tables of a section as cells: row by row, under the heads of the columns. */
function tableOf(text: string, title: RegExp): { row: string; column: string; cell: string }[] {
  const section = text.split(/^== /m).find((part) => title.test(part.split('\n')[0] ?? '')) ?? ''
  const lines = section.split('\n')
  const at = lines.findIndex((line) => /what it is$/.test(line))
  const columns = [...(lines[at] ?? '').matchAll(/\S+/g)].map(({ 0: head, index }) => ({ head, index })).slice(0, -3)
  const rows = lines.slice(at + 1).filter((line) => /^[a-z_]+:/.test(line))
  return rows.flatMap((line) =>
    columns.map(({ head, index }) => ({
      row: line.split(/\s/)[0] as string,
      column: head,
      cell: line.slice(index).split(/\s{2,}/)[0] as string,
    })),
  )
}

/** The thing that an action is done to: an open record on which the person is named in every way, or the account. */
function asked(law: Law, action: Action, scene: Parameters<typeof facts>[0]): Facts {
  const [kindName = '', verb] = action.split(':')
  const kind = law.kinds.get(kindName)
  if (['letters', 'notices', 'portal'].includes(kindName)) return facts({ ...scene, on: { kind: 'portal' } })
  if (action === letInAction) return lettingIn(law, scene)
  if (kind === undefined || verb === 'open') return facts({ ...scene, on: { kind: 'customer', id: 'acme' } })
  const base = facts({ ...scene, on: { kind: 'record', recordKind: kindName, id: '1' }, relations: [...kind.people], state: kind.opensAs })
  return { ...base, thing: base.thing && { ...base.thing, record: base.thing.record && { ...base.thing.record, kind: kindName } } }
}

/** Letting in takes a role at the partner, something given and the customer's word: each table says one of them, and the others are there. */
function lettingIn(law: Law, scene: Parameters<typeof facts>[0]): Facts {
  if (!scene.grants) return facts({ ...scene, on: { kind: 'partner', id: 'larkfield' } })
  const roles = [...law.homeRoles.values()].filter(({ side, may }) => side === 'partner' && may.has(letInAction)).map(({ role }) => role)
  return facts({ ...scene, subject: { ...consultant, roles }, on: { kind: 'customer', id: 'acme' }, customer: { colleagues: 'tell' } })
}

/** The level, role or right, given to a grantee that the portal knows. */
function grantOf(law: Law, code: string): GrantFact {
  const [grantee] = law.grantees
  const to = { personId: grantee === 'person' ? consultant.personId : null, groupId: grantee === 'group' ? 'g' : null }
  const isLevel = law.levels.some((level) => level.code === code)
  return { ...grant('x'), ...to, level: isLevel ? code : null, rights: isLevel ? [] : [code] }
}

const roleAt = { customer: manager, partner: { ...consultant }, vendor: { ...consultant, side: 'vendor' as const } }

describe.each(portals.filter((portal) => portal !== 'certification'))('the printed permissions of %s', (portal) => {
  const { law, text } = printed(portal)

  test.each(['customer', 'partner', 'vendor'] as const)('a role of the side %s has a tick exactly where the law says yes', (side) => {
    const cells = tableOf(text, new RegExp(`^People of (the )?${side}`))
    const roles = [...law.homeRoles.values()].filter((role) => role.side === side).map(({ role }) => role)
    expect(new Set(cells.map(({ column }) => column))).toEqual(new Set(roles))
    // What a partner's people have without a role depends on who names them: the tables below say it.
    for (const { row, column, cell } of cells.filter((one) => side === 'customer' || !/page|relation/.test(one.cell))) {
      const base = asked(law, row as Action, { subject: { ...roleAt[side], roles: [column] } })
      const owner = side === 'customer' ? 'acme' : 'larkfield'
      const own = { ...base, thing: base.thing && { ...base.thing, owners: [owner as never] } }
      expect([column, row, cell.startsWith('✓')]).toEqual([column, row, decide(law, row as Action, own).allowed])
    }
  })

  test('a level, role or right has a tick exactly where the law says yes to whom it is given', () => {
    const cells = tableOf(text, /^At a customer who gave it/)
    const given = allowancesOf(law)
    expect(cells.length).toBe(given.length * new Set(cells.map(({ row }) => row)).size)
    for (const { row, column, cell } of cells) {
      const scene = { subject: { ...consultant, roles: [], groups: ['g'] }, grants: [grantOf(law, column)] }
      expect([column, row, cell.startsWith('✓')]).toEqual([
        column,
        row,
        decide(law, row as Action, asked(law, row as Action, scene)).allowed,
      ])
    }
  })

  test('every action on every record kind has a row in every table', () => {
    const actions = [...law.kinds.values()].flatMap(({ kind, actions }) => actions.map(({ action }) => `${kind}:${action}`))
    for (const side of ['customer', 'partner', 'vendor']) {
      const rows = new Set(tableOf(text, new RegExp(`^People of (the )?${side}`)).map(({ row }) => row))
      expect(actions.filter((action) => !rows.has(action))).toEqual([])
    }
  })
})

test('IN-105 the page table of the field service portal stands in its text as a table, with its row sets in words', () => {
  const { text } = printed('field-service')
  const rows = text.split('\n').filter((line) => /^page:\w+ {2,}/.test(line))
  expect(rows).toHaveLength(19)
  expect(rows.find((line) => line.startsWith('page:register_customer'))?.split(/ {2,}/)).toEqual([
    'page:register_customer',
    'Register a New Customer',
    'account',
    'can_create_users',
    '✗',
    'all',
    'filtered_customers',
    'filtered_customers',
  ])
  expect(text).toContain("  - its service order line's lead partner is one of filtered_partners\n")
  expect(text).toContain(
    '  - all of\n      - “Claim authorization required” is on for the person\n      - it is one of filtered_incidents\n',
  )
})

test('a condition on attributes stands as a numbered note, and reserved words are said', () => {
  expect(printed('field-service').text).toMatch(/^incident:read +✓ page +see it$/m)
  expect(printed('standard').text).toMatch(/^service_order:read +✓ relation +✓ relation +see it$/m)
  const { text } = printed('certification')
  expect(text).toMatch(/^record:write +✓ \[1\] +✓ \[2\]/m)
  expect(text).toContain('[1] person.role is admin and record.status is archived\n')
  expect(printed('support-desk').text).toContain('Reserved, so that nothing can give it: access, access_request and updates.')
})
