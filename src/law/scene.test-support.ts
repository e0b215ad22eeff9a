// A question as a test tells it: who, with which grants, in which state, at which instant.
import { readFileSync } from 'node:fs'
import { readDefinition } from '../definition/read.ts'
import type { GrantId, OrganizationId, PersonId, RecordId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Relation } from '../rows/expression.ts'
import {
  type CustomerFact,
  type Facts,
  type GrantFact,
  nothingAsked,
  type On,
  type RecordFact,
  type SubjectFact,
  type ThingFact,
} from './facts.ts'
import type { Law } from './law.ts'

const laws = new Map<string, Law>()

/** The law of one of the portals, read once. */
export function lawOf(portal: string): Law {
  const law =
    laws.get(portal) ?? readDefinition(readFileSync(new URL(`../../portals/${portal}.yaml`, import.meta.url), 'utf8'), `${portal}.yaml`)
  laws.set(portal, law)
  return law
}
export const now = '2026-11-21T10:00:00.000Z' as Instant
export const [acme, larkfield, priya, dana] = [
  'acme' as OrganizationId,
  'larkfield' as OrganizationId,
  'priya' as PersonId,
  'dana' as PersonId,
]

export const consultant: SubjectFact = {
  personId: priya,
  name: 'Priya Raman',
  organizationId: larkfield,
  organizationName: 'Larkfield',
  side: 'partner',
  roles: ['consultant'],
  siteRoles: [],
  suspended: false,
  partnerType: null,
  switches: [],
  groups: [],
  alike: [larkfield],
  attributes: {},
}
export const manager: SubjectFact = {
  ...consultant,
  personId: dana,
  name: 'Dana Lee',
  organizationId: acme,
  organizationName: 'Acme',
  side: 'customer',
  roles: ['contact_manager'],
}

export function grant(level: string, more: Partial<GrantFact> = {}): GrantFact {
  return {
    id: `grant-${level}` as GrantId,
    number: 76,
    customerId: acme,
    partnerId: larkfield,
    personId: null,
    groupId: null,
    level,
    rights: [],
    scope: { kind: 'all' },
    from: '2026-01-01T00:00:00.000Z' as Instant,
    until: '2027-01-01T00:00:00.000Z' as Instant,
    confirmedAt: '2026-01-01T00:00:00.000Z' as Instant,
    endedAt: null,
    reason: null,
    givenByName: 'Dana Lee',
    givenAt: '2026-01-01T00:00:00.000Z' as Instant,
    ...more,
  }
}
export const personal = (level: string, more: Partial<GrantFact> = {}) =>
  grant(level, { id: `own-${level}` as GrantId, personId: priya, number: 77, ...more })

export interface Scene {
  subject?: SubjectFact | null
  grants?: GrantFact[]
  state?: string
  relations?: Relation[]
  at?: Instant
  on?: On
  /** What else there is to say of the record, its customer and the thing. */
  record?: Partial<RecordFact>
  customer?: Partial<CustomerFact> | null
  thing?: Partial<ThingFact>
}

const acmeFact: CustomerFact = { id: acme, name: 'Acme', number: 0, timeZone: 'Europe/Madrid', suspended: false, colleagues: null }

export function facts({ subject = consultant, grants = [], state = 'active', relations = [], at = now, on, ...more }: Scene): Facts {
  const thing = on ?? ({ kind: 'record', recordKind: 'service_request', id: '1' } as const)
  const record = {
    id: '1' as RecordId,
    kind: 'service_request',
    externalId: 'SR-1',
    number: 'SR-1',
    title: 'Robot arm',
    state,
    siteNo: null,
    attributes: {},
    reference: 'none' as const,
    relations,
    partners: [],
    ...more.record,
  }
  return {
    at,
    subject,
    grants,
    asked: nothingAsked,
    thing: {
      on: thing,
      owners: [acme],
      customer: more.customer === null ? null : { ...acmeFact, ...more.customer },
      related: [],
      record: thing.kind === 'record' ? record : null,
      askedBy: null,
      grant: null,
      ...more.thing,
    },
  }
}
