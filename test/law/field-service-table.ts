// The page table of the field-service portal as its own words say it: page, may open, and for each type of user the rows of that world.
import { customers } from './field-service-world.ts'

export const of = (kind: string, ids: readonly string[]) => ids.map((id) => `${kind}-${id}`)
const all = (kind: string, more: readonly string[] = []) => [...of(kind, customers), ...more]

/** Filtered customers of the partner-customer (its own, those that prefer it or an active one alike) and of the partner-vendor. */
export const ofPc = ['acme', 'prefers', 'prefers-twin']
export const ofPv = ['prefers-vendor']
const everyOrder = ['so-lead', 'so-lead-twin', 'so-lead-off', 'so-lead-other', 'so-lead-vendor', 'so-line', 'so-operation']
export const ordersOfPc = [...of('service_order', ofPc), 'so-lead', 'so-lead-twin', 'so-line', 'so-operation']
const everyIncident = ['i-ssr', 'i-owner', 'i-order', 'i-order-of-customer', 'i-order-other', 'i-ssr-vendor']
const claims = ['w-ssr', 'w-order', 'w-lead']

/** The page table as the four types of user meet it, without switches and (+) with both. Null: the page is not there. */
export const table: readonly [page: string, may: string, cells: Record<string, readonly [string, readonly string[] | null]>][] = [
  ['home', 'IN-028', { eve: ['IN-029', []], paul: ['IN-030', []], vic: ['IN-031', []], carl: ['IN-028', []] }],
  [
    'unit_registration',
    'IN-032',
    {
      eve: ['IN-033', all('unit')],
      paul: ['IN-034', of('unit', ofPc)],
      vic: ['IN-035', of('unit', ofPv)],
      carl: ['IN-032', of('unit', ['acme'])],
    },
  ],
  [
    'incidents',
    'IN-036',
    {
      eve: ['IN-037', all('incident', everyIncident)],
      paul: ['IN-038', [...of('incident', ofPc), 'i-ssr', 'i-owner', 'i-order', 'i-order-of-customer']],
      vic: ['IN-039', [...of('incident', ofPv), 'i-ssr-vendor']],
      carl: ['IN-036', of('incident', ['acme'])],
    },
  ],
  [
    'knowledge_base',
    'IN-040',
    { eve: ['IN-041', ['article']], paul: ['IN-042', ['article']], vic: ['IN-043', ['article']], carl: ['IN-040', ['article']] },
  ],
  [
    'service_orders',
    'IN-044',
    {
      eve: ['IN-045', all('service_order', everyOrder)],
      paul: ['IN-046', ordersOfPc],
      vic: ['IN-047', [...of('service_order', ofPv), 'so-lead-vendor']],
      carl: ['IN-044', null],
    },
  ],
  [
    'transactions',
    'IN-048',
    {
      eve: ['IN-049', ['t-lead', 't-prefers', 't-other', 't-vendor']],
      paul: ['IN-050', ['t-lead', 't-prefers']],
      vic: ['IN-051', ['t-vendor']],
      carl: ['IN-048', null],
    },
  ],
  [
    'warranty_claims',
    'IN-052',
    {
      eve: ['IN-053', all('warranty_claim', claims)],
      paul: ['IN-054', [...of('warranty_claim', ofPc), 'w-lead']],
      vic: ['IN-055', of('warranty_claim', ofPv)],
      carl: ['IN-052', null],
    },
  ],
  [
    'inbox',
    'IN-056',
    { eve: ['IN-057', ['to-eve']], paul: ['IN-058', ['to-paul']], vic: ['IN-059', ['to-vic']], carl: ['IN-056', ['to-carl']] },
  ],
  [
    'announcements',
    'IN-060',
    {
      eve: ['IN-061', ['announcement']],
      paul: ['IN-062', ['announcement']],
      vic: ['IN-063', ['announcement']],
      carl: ['IN-060', ['announcement']],
    },
  ],
  [
    'documents',
    'IN-064',
    {
      eve: ['IN-065', all('document', ['d-to-customers', 'd-to-vendors'])],
      paul: ['IN-066', [...of('document', ofPc), 'd-to-customers']],
      vic: ['IN-067', [...of('document', ofPv), 'd-to-vendors']],
      carl: ['IN-064', of('document', ['acme'])],
    },
  ],
  [
    'interactions',
    'IN-068',
    {
      eve: ['IN-069', all('interaction', ['x-partner', 'x-twin'])],
      paul: ['IN-070', [...of('interaction', ofPc), 'x-partner', 'x-twin']],
      vic: ['IN-071', of('interaction', ofPv)],
      carl: ['IN-068', of('interaction', ['acme'])],
    },
  ],
  [
    'inventory',
    'IN-072',
    {
      eve: ['IN-073', all('inventory_item')],
      paul: ['IN-074', of('inventory_item', ofPc)],
      vic: ['IN-075', of('inventory_item', ofPv)],
      carl: ['IN-072', of('inventory_item', ['acme'])],
    },
  ],
  [
    'balance',
    'IN-076',
    {
      eve: ['IN-077', null],
      paul: ['IN-078', of('balance', ['acme', 'sub'])],
      vic: ['IN-079', null],
      carl: ['IN-076', of('balance', ['acme'])],
    },
  ],
  [
    'invoices',
    'IN-080',
    {
      eve: ['IN-081', null],
      paul: ['IN-082', of('invoice', ['acme', 'sub'])],
      vic: ['IN-083', null],
      carl: ['IN-080', of('invoice', ['acme'])],
    },
  ],
  ['contact_us', 'IN-084', { eve: ['IN-085', []], paul: ['IN-086', []], vic: ['IN-087', []], carl: ['IN-084', []] }],
  [
    'account_management',
    'IN-088',
    {
      eve: ['IN-089', all('account')],
      paul: ['IN-090', of('account', ofPc)],
      vic: ['IN-091', of('account', ofPv)],
      carl: ['IN-088', of('account', ['acme'])],
    },
  ],
  [
    'create_user_account',
    'IN-092',
    {
      'eve+': ['IN-093', all('account')],
      'paul+': ['IN-094', of('account', ofPc)],
      'vic+': ['IN-095', of('account', ofPv)],
      'carl+': ['IN-092', of('account', ['acme'])],
      eve: ['IN-105', null],
      paul: ['IN-105', null],
      vic: ['IN-105', null],
      carl: ['IN-105', null],
    },
  ],
  [
    'customers',
    'IN-096',
    {
      eve: ['IN-097', all('account')],
      paul: ['IN-098', of('account', ofPc)],
      vic: ['IN-099', of('account', ofPv)],
      carl: ['IN-096', null],
    },
  ],
  [
    'register_customer',
    'IN-100',
    {
      'eve+': ['IN-101', all('account')],
      'paul+': ['IN-102', of('account', ofPc)],
      'vic+': ['IN-103', of('account', ofPv)],
      eve: ['IN-105', null],
      paul: ['IN-105', null],
      vic: ['IN-105', null],
      'carl+': ['IN-106', null],
    },
  ],
]
