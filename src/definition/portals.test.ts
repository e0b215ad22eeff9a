// The portals that come with the product are read without a fault, and each kind of mistake in them is told with its line, its key and what was expected.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BrokenDefinition } from './fault.ts'
import { mostConditions } from './made-of.ts'
import { readDefinition } from './read.ts'

const folder = new URL('../../portals/', import.meta.url)
const textOf = (portal: string) => readFileSync(new URL(`${portal}.yaml`, folder), 'utf8')
const portals = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''))

/** What is said of a text: the faults, or nothing where it is whole. */
function faultsOf(text: string): string[] {
  try {
    readDefinition(text, 'portal.yaml')
    return []
  } catch (error) {
    if (error instanceof BrokenDefinition) return error.message.split('\n')
    throw error
  }
}

test.each(portals)('the portal %s is read without a fault and names itself as its file does', (portal) => {
  expect(faultsOf(textOf(portal))).toEqual([])
  expect(readDefinition(textOf(portal), portal).portal).toBe(portal)
})

test.each(portals)('in the portal %s nobody but the vendor operates it, and nothing of what is reserved is given', (portal) => {
  const law = readDefinition(textOf(portal), portal)
  for (const { side, may } of law.homeRoles.values()) if (side !== 'vendor') expect([...may.keys()]).not.toContain('portal:operate')
  for (const { may } of [...law.levels, ...law.rights])
    for (const action of may.keys()) expect(action).not.toMatch(/^(access|access_request|updates|portal|letters|history):/)
})

/** A mistake in one of the portals, and everything that is said about it. */
interface Mistake {
  readonly in: string
  readonly before: string
  readonly after: string
  /** Text of the line that the first fault names; that of the mistake itself, unless it is said. */
  readonly at?: string
  readonly faults: readonly string[]
}

const fieldService: Record<string, Omit<Mistake, 'in'>> = {
  'an unknown kind on a page': {
    before: 'shows: unit, ',
    after: 'shows: units,',
    faults: ['pages.unit_registration.shows: "units" is no record kind of this definition. Did you mean "unit"?'],
  },
  'an unknown kind that is referred to': {
    before: 'refers_to: service_order\n    actions: { read: see it }\n  article',
    after: 'refers_to: order\n    actions: { read: see it }\n  article',
    faults: ['records.incident.refers_to: "order" is no record kind of this definition.'],
  },
  'an unknown row set': {
    before: 'partner_customer: filtered_interactions',
    after: 'partner_customer: filtered_interaction',
    faults: [
      'pages.interactions.partner_customer: "filtered_interaction" is no row set of this definition. Did you mean "filtered_interactions"?',
    ],
  },
  'an unknown partner set': {
    before: '{ ssr: filtered_partners }',
    after: '{ ssr: filtered_customers }',
    faults: [
      'row_sets.filtered_incidents.any.0.ssr: "filtered_customers" is no partner set of this definition. Did you mean "filtered_partners"?',
    ],
  },
  'an unknown field': {
    before: '{ addressed_to: my_type }',
    after: '{ adressed_to: my_type }',
    faults: [
      'row_sets.filtered_documents.any.1.adressed_to: no kind names its people, partners, fields or reference "adressed_to". Did you mean "addressed_to"?',
    ],
  },
  'a field compared with another word': {
    before: '{ addressed_to: my_type }',
    after: '{ addressed_to: partner_vendor }',
    faults: ['row_sets.filtered_documents.any.1.addressed_to: expected "my_type", not "partner_vendor".'],
  },
  'an unknown relation of a part': {
    before: '{ service_order_line.lead_partner:',
    after: '{ service_order_line.led_partner:',
    faults: [
      'row_sets.filtered_service_orders.any.1.service_order_line.led_partner: no kind names its people, partners, fields or reference "service_order_line.led_partner".',
    ],
  },
  'an unknown switch': {
    before: 'needs: can_create_users, customers',
    after: 'needs: can_create_user, customers',
    faults: ['pages.create_user_account.needs: "can_create_user" is no switch of this definition. Did you mean "can_create_users"?'],
  },
  'an unknown switch in a row set': {
    before: '{ claim_authorization_required: false }',
    after: '{ authorization_required: false }',
    faults: [
      'row_sets.filtered_warranty_claims.any.1.all.0.authorization_required: "authorization_required" is no switch of this definition. Did you mean "claim_authorization_required"?',
    ],
  },
  'a page of a type that nobody defined': {
    before: 'shows: invoice,                   customers: own,',
    after: 'shows: invoice, dealers: filtered_customers, customers: own,',
    faults: [
      'pages.invoices.dealers: "dealers" is no type of user of this definition.',
      'pages.invoices.dealers: invoice is money, which is never given by a relation.',
    ],
  },
  'money for a whole type of partner': {
    before: 'shows: invoice,                   customers: own,',
    after: 'shows: invoice, partner_employee: all, customers: own,',
    faults: ['pages.invoices.partner_employee: invoice is money: nobody sees all of it.'],
  },
  'money by being preferred': {
    before: 'own_customers: { associated: own, subordinate: own }',
    after: 'own_customers: { associated: own, preferred: own }',
    at: '  balance:             {',
    faults: [
      'pages.balance.partner_customer: balance is money, which is never given by a relation.',
      'pages.invoices.partner_customer: invoice is money, which is never given by a relation.',
    ],
  },
  'a filter that says nothing about the kind': {
    before: 'partner_customer: filtered_warranty_claims',
    after: 'partner_customer: filtered_user_name',
    faults: [
      'pages.warranty_claims.partner_customer: the row set "filtered_user_name" says nothing about warranty_claim: it would never hold.',
    ],
  },
  '"own" for partners': {
    before: 'shows: article,                   customers: all, partner_employee: all',
    after: 'shows: article,                   customers: all, partner_employee: own',
    faults: ['pages.knowledge_base.partner_employee: "own" is for "customers": their own organization\'s records.'],
  },
  'a row set made of itself': {
    before: 'of_filtered_service_orders: { service_order: filtered_service_orders }',
    after: 'of_filtered_service_orders: { any: [filtered_incidents] }',
    faults: ['of_filtered_service_orders', 'filtered_incidents', 'filtered_warranty_claims'].map(
      (name) => `row_sets.${name}: the row set "${name}" is made of itself, or of one that is.`,
    ),
  },
  'a kind that is part of itself': {
    before: 'part_of: service_order\n',
    after: 'part_of: service_order_operation\n',
    faults: ['service_order_line', 'service_order_operation'].map((kind) => `records.${kind}.part_of: "${kind}" would be part of itself.`),
  },
}

const others: Record<string, Mistake> = {
  'an unknown kind': {
    in: 'telephony-account',
    before: 'may: { invoice: [read, pay], ticket',
    after: 'may: { invoices: [read, pay], ticket',
    faults: ['home.customer.billing_contact.may.invoices: "invoices" is no kind of this definition. Did you mean "invoice"?'],
  },
  'an unknown level': {
    in: 'standard',
    before: 'includes: look',
    after: 'includes: loock',
    faults: ['access.levels.update.includes: "loock" is no level of this definition. Did you mean "look"?'],
  },
  'an unknown role': {
    in: 'managed-services',
    before: 'includes: administrator',
    after: 'includes: administrators',
    faults: ['home.customer.primary_user.includes: "administrators" is no role of this definition. Did you mean "administrator"?'],
  },
  'an unknown role that answers': {
    in: 'managed-services',
    before: 'answered_by: [primary_user,',
    after: 'answered_by: [partner_user,',
    faults: ['requests.answered_by.0: "partner_user" is no role of a customer of this definition.'],
  },
  'an unknown action': {
    in: 'managed-services',
    before: 'tickets:   { may: { ticket: [read, open, reply',
    after: 'tickets:   { may: { ticket: [read, open, rebly',
    faults: ['home.customer.tickets.may.ticket.2: "rebly" is no action on ticket of this definition. Did you mean "reply"?'],
  },
  'an unknown row set where no grant is needed': {
    in: 'standard',
    before: 'where: named_to_partner',
    after: 'where: named_to_partners',
    faults: ['without_grant.0.where: "named_to_partners" is no row set of this definition. Did you mean "named_to_partner"?'],
  },
  'an unknown customer set': {
    in: 'standard',
    before: '{ customer: preferring_customers }',
    after: '{ any: [{ customer: preferring_customers }, { customer: preferring }] }',
    faults: ['row_sets.of_preferring_customers.any.1.customer: "preferring" is no customer set of this definition.'],
  },
  'money without a grant': {
    in: 'standard',
    before: 'of_preferring_customers, may: { service_request: [read], service_order: [read]',
    after: 'of_preferring_customers, may: { service_request: [read], invoice: [read]',
    faults: ['without_grant.1.where: invoice is money, which is never given by a relation.'],
  },
  'a role that includes itself': {
    in: 'telephony-account',
    before: 'partner_user:\n      may',
    after: 'partner_user:\n      includes: partner_administrator\n      may',
    faults: ['partner_user', 'partner_administrator'].map((role) => `home.partner.${role}.includes: the role "${role}" includes itself.`),
  },
  'a reserved action in a role': {
    in: 'telephony-account',
    before: 'people: [read, add, manage]\n        account',
    after: 'access: [give]\n        account',
    faults: ['access.roles.decision_maker.may.access: "access" is reserved: nobody can give it.'],
  },
  'a reserved action in a right': {
    in: 'managed-services',
    before: 'says: Sees your orders.\n      may: { order: [read] }',
    after: 'says: Sees your orders.\n      may: { access_request: [answer] }',
    faults: ['access.rights.orders.may.access_request: "access_request" is reserved: nobody can give it.'],
  },
  'a misspelt reserved kind': {
    in: 'managed-services',
    before: 'reserved: [access, access_request]',
    after: 'reserved: [access, acces_request]',
    faults: ['access.reserved.1: "acces_request" is no kind. Did you mean "access_request"?'],
  },
  'a shape without what it needs': {
    in: 'telephony-account',
    before: 'shape: roles',
    after: 'shape: ladder',
    at: 'partner_roles',
    faults: [
      'names.partner_roles: needs access of the shape "roles".',
      'access: of the shape "ladder" must say "levels".',
      'access.roles: cannot stand in the shape "ladder".',
    ],
  },
  'a right named twice': {
    in: 'managed-services',
    before: 'says: Sees your invoices.',
    after: 'says: Sees your invoices.\n      aliases: [orders]',
    faults: ['access.rights.invoices.aliases: "orders" names two of what can be given.'],
  },
  'a grantee that no precedence names': {
    in: 'telephony-account',
    before: 'grantees: [group]',
    after: 'grantees: [group, organization]',
    at: '  precedence:',
    faults: ['access.precedence: must name "organization": access can be given to it.'],
  },
  'a narrow scope without the whole': {
    in: 'telephony-account',
    before: 'scope: [all, sites]\n      notices',
    after: 'scope: [sites]\n      notices',
    faults: ['access.roles.phone_manager.scope: must hold "all": what may be given narrowly may be given whole.'],
  },
  'a wrong word': {
    in: 'standard',
    before: 'grantees: [organization, group,',
    after: 'grantees: [organization, team,',
    faults: ['access.grantees.1: expected "organization" or "group" or "person" or "vendor_person".'],
  },
}

const mistakes: [string, Mistake][] = [
  ...Object.entries(fieldService).map(([what, mistake]): [string, Mistake] => [what, { ...mistake, in: 'field-service' }]),
  ...Object.entries(others),
]

const linesBefore = (text: string, index: number) => text.slice(0, index).split('\n').length

test.each(mistakes)('%s is refused, with the line and what was expected', (_what, { in: portal, before, after, at, faults }) => {
  const whole = textOf(portal)
  expect(whole.split(before)).toHaveLength(2)
  const text = whole.replace(before, after)
  const first = [...text].findIndex((letter, index) => letter !== whole[index])
  const line = linesBefore(text, at === undefined ? first : text.indexOf(at))
  const said = faultsOf(text)
  expect(said.map((fault) => fault.replace(/^portal\.yaml:\d+: /, ''))).toEqual(faults)
  expect(said[0]).toMatch(new RegExp(`^portal\\.yaml:${line}: `))
})

test('a definition of 10 MB, or one nested without end, is refused in a sentence and not read', () => {
  expect(faultsOf(textOf('standard').padEnd(10_000_000, '#'))).toEqual(['portal.yaml:0: the file: is longer than 200000 characters.'])
  const deep = (depth: number) => `row_sets: { x: ${'{ any: ['.repeat(depth)}x${'] }'.repeat(depth)} }`
  for (const text of [deep(50), deep(2000), '['.repeat(10_000), '- '.repeat(10_000)])
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^portal\.yaml:[01]: the file: is nested more than 30 deep\.$/)])
})

test('a row set that doubles from name to name is refused before it is written out', () => {
  const doubling = Array.from(
    { length: 40 },
    (_, index) => `  d${index + 1}: { any: [{ all: [d${index}, { ssr: own }] }, { all: [d${index}, { owner: own }] }] }`,
  )
  const text = textOf('field-service').replace('row_sets:\n', `row_sets:\n  d0: { ssr: own }\n${doubling.join('\n')}\n`)
  const said = faultsOf(text)
  expect(said.length).toBeGreaterThan(30)
  for (const fault of said) expect(fault).toMatch(new RegExp(`the row set "d\\d+" is made of more than ${mostConditions} conditions\\.$`))
})
