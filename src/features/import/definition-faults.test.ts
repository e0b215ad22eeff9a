// Lines are held against the portal definition in force: what it does not know, or lets nobody have, costs its own row and is told by name.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type EmptyPortal, emptyPortal } from './portal.test-support.ts'
import { undoImport } from './undo-import.ts'
import type { LineInput } from './world-lines.ts'

const organizations: readonly LineInput[] = [
  { kind: 'vendor', id: 'meridia', name: 'Meridia', emailDomain: 'meridia.example' },
  { kind: 'customer', id: 'acme', name: 'Acme Robotics' },
  { kind: 'customer', id: 'beta', name: 'Beta Foods' },
  { kind: 'site', customer: 'acme', id: 'north', name: 'North hall' },
  { kind: 'site', customer: 'beta', id: 'mill', name: 'The mill' },
  { kind: 'partner', id: 'larkfield', name: 'Larkfield' },
  { kind: 'partner', id: 'halden', name: 'Halden' },
  { kind: 'group', id: 'phones', partner: 'larkfield', name: 'Acme Robotics Phone Manager' },
]
const person = (id: string, home: object, more: object = {}): LineInput =>
  ({ kind: 'person', id, email: `${id}@people.example`, name: id, home, ...more }) as LineInput
const grant = (id: string, more: object): LineInput =>
  ({ kind: 'grant', id, customer: 'acme', grantee: { partner: 'larkfield' }, endsOn: '2027-03-31', ...more }) as LineInput
/** Access that ended stands in nobody's way. */
const over = { ended: { at: '2026-11-20T00:00:00Z', by: null, kind: 'removed', reason: null } }
const record = (recordKind: string, id: string, more: object = {}): LineInput =>
  ({ kind: 'record', recordKind, id, customer: 'acme', title: id, createdAt: '2026-11-01T08:00:00Z', ...more }) as LineInput

describe.each(databaseKinds)('on %s', (kind) => {
  const portals = new Map<string, EmptyPortal>()
  beforeAll(async () => {
    for (const name of ['telephony-account', 'standard', 'field-service']) {
      const portal = await emptyPortal(kind, name)
      portals.set(name, portal)
      expect((await portal.lines(organizations)).rows).toEqual([])
    }
  })
  afterAll(async () => {
    for (const { close } of portals.values()) await close()
  })

  /** Brings the lines in, in earnest and as a dry run, which must say the same; and takes them back. */
  async function faultsOf(name: string, lines: readonly (LineInput | [LineInput, field: string, expected: RegExp])[]) {
    const portal = portals.get(name) as EmptyPortal
    const said = lines.map((line) => (Array.isArray(line) ? line[0] : line))
    const dry = await portal.lines(said, { dryRun: true })
    const { id, rows } = await portal.lines(said)
    await undoImport(portal.ctx, { importId: id ?? '' })
    expect(dry.rows).toEqual(rows)
    const expected = lines.flatMap((line, place) => (Array.isArray(line) ? [{ line: place + 1, field: line[1], expected: line[2] }] : []))
    expect(rows.map(({ line, field }) => [line, field])).toEqual(expected.map(({ line, field }) => [line, field]))
    for (const [place, { expected: words }] of expected.entries()) expect(rows[place]?.expected).toMatch(words)
  }

  test('MI-040 a Decision Maker or Billing Contact is held for the whole account only; a Phone Manager at sites of the own account', () =>
    faultsOf('telephony-account', [
      person('dm', { customer: 'acme' }, { roles: ['decision_maker'] }),
      person('pm', { customer: 'acme' }, { roles: ['technical_contact'], siteRoles: [{ role: 'phone_manager', site: 'north' }] }),
      [
        person('dm-at-site', { customer: 'acme' }, { siteRoles: [{ role: 'decision_maker', site: 'north' }] }),
        'siteRoles.0.role',
        /"decision_maker" is held for the whole account only \(MI-040\)/,
      ],
      [
        person('billing-at-site', { customer: 'acme' }, { siteRoles: [{ role: 'billing_contact', site: 'north' }] }),
        'siteRoles.0.role',
        /phone_manager, technical_contact, emergency_contact/,
      ],
      [
        person('elsewhere', { customer: 'acme' }, { siteRoles: [{ role: 'phone_manager', site: 'mill' }] }),
        'siteRoles.0.site',
        /site of customer "acme"/,
      ],
      [
        person('of-partner', { partner: 'larkfield' }, { siteRoles: [{ role: 'phone_manager', site: 'north' }] }),
        'siteRoles',
        /only a customer's people/,
      ],
      [person('switched', { customer: 'acme' }, { switches: ['can_create_users'] }), 'switches.0', /definition has no switch/],
    ]))

  test('MI-040 access as Decision Maker is given for the whole account only, and here to groups alone', () =>
    faultsOf('telephony-account', [
      person('pia', { partner: 'larkfield' }, { roles: ['partner_user'] }),
      grant('both', { group: 'phones', rights: ['decision_maker', 'phone_manager'] }),
      grant('at-site', { group: 'phones', rights: ['phone_manager'], scope: { sites: ['north'] } }),
      [
        grant('deciding-at-site', { group: 'phones', rights: ['decision_maker'], scope: { sites: ['north'] } }),
        'scope',
        /"decision_maker" is not given for sites, only for the whole account \(MI-040\)/,
      ],
      [
        grant('some-records', { group: 'phones', rights: ['phone_manager'], scope: { records: [] } }),
        'scope',
        /not given for records, only for the whole account or sites/,
      ],
      [
        grant('others-site', { group: 'phones', rights: ['phone_manager'], scope: { sites: ['mill'] } }),
        'scope.sites.0',
        /site of customer "acme"/,
      ],
      [grant('billing', { group: 'phones', rights: ['billing_contact'], ...over }), 'rights.0', /decision_maker, phone_manager/],
      [grant('level', { group: 'phones', level: 'look', ...over }), 'level', /no level/],
      [grant('nothing', { group: 'phones', ...over }), 'rights', /expected rights/],
      [grant('to-person', { person: 'pia', rights: ['phone_manager'] }), 'person', /access for a group/],
      [grant('to-all', { rights: ['phone_manager'] }), 'grantee', /access for a group/],
      [
        grant('others-group', { grantee: { partner: 'halden' }, group: 'phones', rights: ['phone_manager'] }),
        'group',
        /this is one of "larkfield"/,
      ],
    ]))

  test("OR-106 the vendor's people are never people of a customer, a partner or a partner's group, whatever the file calls them", () =>
    faultsOf('standard', [
      person('ana', { vendor: 'meridia' }, { email: 'ana@meridia.example', roles: ['vendor_staff'] }),
      [
        person('ben', { customer: 'acme' }, { email: 'ben@meridia.example', roles: ['contact'] }),
        'home.customer',
        /ben@meridia.example is one of its people, who are never contacts of a customer \(OR-106\)/,
      ],
      [
        person('eve', { partner: 'larkfield' }, { email: 'eve@eu.meridia.example', roles: ['consultant'] }),
        'home.partner',
        /never contacts of a partner/,
      ],
      person('zoe', { customer: 'acme' }, { email: 'zoe@notmeridia.example', roles: ['contact'] }),
      { kind: 'past_membership', person: 'ana', home: { customer: 'acme' }, from: '2020-01-01T00:00:00Z', until: '2021-01-01T00:00:00Z' },
      [
        { kind: 'past_membership', person: 'ana', home: { customer: 'acme' }, from: '2022-01-01T00:00:00Z', until: '2031-01-01T00:00:00Z' },
        'home.customer',
        /OR-106/,
      ],
      [{ kind: 'group_member', group: 'phones', person: 'ana' }, 'person', /ana@meridia.example works for the vendor/],
      [grant('as-partner', { person: 'ana', level: 'look' }), 'grantee.partner', /expected the vendor as grantee/],
      grant('by-name', { grantee: { vendor: 'meridia' }, person: 'ana', level: 'look' }),
    ]))

  test("OR-106 a domain that people of a customer have already does not become the vendor's", async () => {
    const portal = portals.get('standard') as EmptyPortal
    const { id } = await portal.lines([
      person('sam', { customer: 'acme' }),
      person('ana', { vendor: 'meridia' }, { email: 'ana@new.example' }),
    ])
    await faultsOf('standard', [
      [{ kind: 'vendor', id: 'meridia', name: 'Meridia', emailDomain: 'people.example' }, 'emailDomain', /sam@people.example is here/],
    ])
    await faultsOf('standard', [{ kind: 'vendor', id: 'meridia', name: 'Meridia', emailDomain: 'new.example' }])
    await undoImport(portal.ctx, { importId: id ?? '' })
  })

  test('rights, scopes and records of grants are those that the definition and the customer have', () =>
    faultsOf('standard', [
      record('service_order', 'SO-1'),
      record('service_order', 'SO-2', { customer: 'beta' }),
      grant('money', { rights: ['invoices'] }),
      grant('records', { group: 'phones', level: 'look', scope: { records: [{ recordKind: 'service_order', id: 'SO-1' }] } }),
      // A scope of its own: what stands for the whole customer is another access.
      grant('also', { group: 'phones', level: 'cc' }),
      [grant('usage', { group: 'phones', rights: ['usage'], ...over }), 'rights.0', /invoices/],
      [
        grant('others-record', { level: 'look', scope: { records: [{ recordKind: 'service_order', id: 'SO-2' }] } }),
        'scope.records.0',
        /record of customer "acme"/,
      ],
      [grant('both', { person: 'nobody', group: 'phones', level: 'look' }), 'person', /"nobody" is neither/],
      [{ kind: 'partner', id: 'typed', name: 'Typed', type: 'partner_vendor' }, 'type', /definition has no type of partner/],
    ]))

  test('records are named, placed and filled in as their kind says', () =>
    faultsOf('field-service', [
      { kind: 'partner', id: 'pv', name: 'Vendor side', type: 'partner_vendor', reference: '7' },
      [{ kind: 'partner', id: 'px', name: 'Unknown side', type: 'reseller' }, 'type', /partner_employee, partner_customer, partner_vendor/],
      person('pia', { partner: 'pv' }, { switches: ['can_create_users'] }),
      [person('pit', { partner: 'pv' }, { switches: ['everything'] }), 'switches.0', /can_create_users, claim_authorization_required/],
      { kind: 'relationship', customer: 'acme', superior: 'beta', relation: 'subordinate' },
      [{ kind: 'relationship', customer: 'acme', superior: 'acme', relation: 'subordinate' }, 'superior', /none is subordinate to itself/],
      [{ kind: 'relationship', customer: 'acme', partner: 'pv', relation: 'subordinate' }, 'superior', /where the relation is subordinate/],
      [{ kind: 'relationship', customer: 'acme', partner: 'pv', relation: 'preferred', ofRecord: true }, 'ofRecord', /partner of record/],
      record('incident', 'I-1', { refersTo: { recordKind: 'service_order', id: 'SO-1' }, partners: [{ partner: 'pv', relation: 'ssr' }] }),
      record('service_order', 'SO-1', { site: 'north' }),
      record('service_order_operation', 'OP-1', { partOf: { recordKind: 'service_order_line', id: 'L-1' } }),
      record('service_order_line', 'L-1', { partOf: { recordKind: 'service_order', id: 'SO-1' } }),
      record('document', 'D-1', { customer: null, attributes: { addressed_to: ['partner_vendor'], pages: 3 } }),
      record('inbox_message', 'M-1', { customer: null, contacts: [{ person: 'pia', relation: 'recipient' }] }),
      [
        record('incident', 'I-2', { partners: [{ partner: 'pv', relation: 'lead_partner' }] }),
        'partners.0.relation',
        /incident: ssr, owner/,
      ],
      [record('unit', 'U-1', { partners: [{ partner: 'pv', relation: 'owner' }] }), 'partners.0.relation', /none are named on a unit/],
      [record('inbox_message', 'M-2', { contacts: [{ person: 'pia', relation: 'requester' }] }), 'contacts.0.relation', /recipient/],
      [record('incident', 'I-3', { refersTo: { recordKind: 'unit', id: 'U-1' } }), 'refersTo.recordKind', /service_order/],
      [record('incident', 'I-4', { refersTo: { recordKind: 'document', id: 'D-1' } }), 'refersTo.recordKind', /service_order/],
      [
        record('service_order_line', 'L-2', { partOf: { recordKind: 'incident', id: 'I-1' } }),
        'partOf.recordKind',
        /kind that this one is part of: service_order/,
      ],
      [record('unit', 'U-2', { partOf: { recordKind: 'service_order', id: 'SO-1' } }), 'partOf.recordKind', /there is no kind/],
      [record('document', 'D-2', { attributes: { addressed_to: 'partner_vendor' } }), 'attributes.addressed_to', /a list of texts/],
      [record('document', 'D-3', { customer: null, site: 'north' }), 'site', /nobody's is at no site/],
      [record('unit', 'U-3', { site: 'mill' }), 'site', /site of customer "acme"/],
      [record('unit', 'U-4', { state: 'open' }), 'state', /unit: current/],
      [
        { kind: 'event', recordKind: 'document', record: 'D-1', at: '2026-11-01T08:00:00Z', what: 'opened' },
        'record',
        /nobody's has no messages/,
      ],
      [grant('none', { level: 'look' }), 'grantee', /in this portal nobody is given access/],
    ]))
})
