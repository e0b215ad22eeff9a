// The lines of a world file: one JSON object a line, the same shape in and out. What a line leaves out stays as it is (or takes its default);
// null empties. Documented in docs/import.md and docs/world.schema.json, which is made from this file.
import { z } from 'zod'
import {
  attributes,
  code,
  date,
  email,
  emailDomain,
  externalId,
  instant,
  language,
  organization,
  prose,
  timeZone,
  words,
} from './line-words.ts'

const organizationFields = {
  id: externalId,
  name: words(200),
  timeZone: timeZone.optional(),
  emailDomain: emailDomain.nullable().optional(),
}

const vendor = z
  .strictObject({ kind: z.literal('vendor'), ...organizationFields })
  .meta({ description: 'The vendor whose portal it is: one a world.' })
const customer = z
  .strictObject({ kind: z.literal('customer'), ...organizationFields, suspendedAt: instant.nullable().optional() })
  .meta({ description: 'A customer of the vendor. Its time zone says when a last day ends.' })
const partner = z
  .strictObject({ kind: z.literal('partner'), ...organizationFields, suspendedAt: instant.nullable().optional() })
  .meta({ description: 'A partner: a firm that works for customers.' })

const roles = z.array(code).max(20)
const person = z
  .strictObject({
    kind: z.literal('person'),
    id: externalId,
    email,
    name: words(200),
    language: language.optional(),
    timeZone: timeZone.nullable().optional(),
    home: organization.nullable().optional(),
    roles: roles.optional(),
    attributes: attributes.optional(),
    since: instant.optional(),
  })
  .meta({ description: 'A person with a home organization and roles in it. Without a home the person is nobody in the portal.' })

const pastMembership = z
  .strictObject({
    kind: z.literal('past_membership'),
    person: externalId,
    home: organization,
    roles: roles.optional(),
    from: instant,
    until: instant,
  })
  .meta({ description: 'Where a person was at home before, and as what.' })

const relationship = z
  .strictObject({
    kind: z.literal('relationship'),
    customer: externalId,
    partner: externalId,
    from: instant.optional(),
    until: instant.nullable().optional(),
  })
  .meta({ description: 'A partner works for a customer. It gives no access by itself.' })

const accessRequest = z
  .strictObject({
    kind: z.literal('access_request'),
    id: externalId,
    partner: externalId,
    askedBy: externalId,
    addressedTo: email,
    customer: externalId.nullable().optional(),
    endsOn: date,
    reason: prose(1000),
    state: z.enum(['waiting', 'approved', 'denied', 'withdrawn', 'lapsed']),
    askedAt: instant,
    lapsesAt: instant,
    answered: z
      .strictObject({ at: instant, by: externalId.nullable(), reason: prose(1000).nullable() })
      .nullable()
      .optional(),
    items: z
      .array(z.strictObject({ person: externalId.nullable(), level: code, grantedLevel: code.nullable().optional() }))
      .min(1)
      .max(200),
  })
  .meta({ description: 'A partner asks a customer for access, for everyone (person null) or for named people.' })

const grant = z
  .strictObject({
    kind: z.literal('grant'),
    id: externalId,
    customer: externalId,
    grantee: organization,
    person: externalId.nullable().optional(),
    level: code,
    from: instant.optional(),
    until: instant.optional(),
    endsOn: date.optional(),
    confirmedAt: instant.nullable().optional(),
    reason: prose(1000).nullable().optional(),
    givenBy: externalId.nullable().optional(),
    givenAt: instant.optional(),
    request: externalId.nullable().optional(),
    replaces: externalId.nullable().optional(),
    ended: z
      .strictObject({
        at: instant,
        by: externalId.nullable(),
        kind: z.enum(['removed', 'replaced', 'relinquished']),
        reason: prose(1000).nullable(),
      })
      .nullable()
      .optional(),
  })
  .refine((line) => (line.until === undefined) !== (line.endsOn === undefined), {
    error: 'expected either until (an instant) or endsOn (the last day)',
    path: ['until'],
  })
  .meta({
    description: 'A customer gives a level of access to everyone at a partner (person null) or to one person. Its terms never change.',
  })

const relation = z.enum(['requester', 'point_of_contact', 'additional_contact'])
const record = z
  .strictObject({
    kind: z.literal('record'),
    recordKind: code,
    id: externalId,
    customer: externalId,
    number: words(64).optional(),
    title: words(300),
    state: code,
    attributes: attributes.optional(),
    createdAt: instant,
    updatedAt: instant.optional(),
    contacts: z
      .array(z.strictObject({ person: externalId, relation, addedAt: instant.optional(), addedBy: externalId.nullable().optional() }))
      .max(500)
      .optional(),
    partners: z
      .array(z.strictObject({ partner: externalId, relation: code }))
      .max(50)
      .optional(),
  })
  .meta({
    description:
      'A record of a kind that the portal definition knows, for instance a service request, with the people and partners named on it.',
  })

const ofRecord = { recordKind: code, record: externalId }
const nth = z.int().min(1).max(10_000).optional()
const message = z
  .strictObject({
    kind: z.literal('message'),
    ...ofRecord,
    at: instant,
    by: z.strictObject({ name: words(200), person: externalId.nullable().optional(), organization: organization.nullable().optional() }),
    body: prose(20_000),
    nth,
  })
  .meta({ description: 'A message on a record. Never changed: a line that differs is another message. nth tells equal ones apart.' })
const event = z
  .strictObject({
    kind: z.literal('event'),
    ...ofRecord,
    at: instant,
    what: code,
    byName: words(200).nullable().optional(),
    detail: attributes.optional(),
    nth,
  })
  .meta({ description: "An entry of a record's history. Never changed: a line that differs is another entry." })

/** A file's content in base64: 15 million characters are 11 MB. */
const content = z
  .base64({ error: 'expected base64' })
  .max(15_000_000, { error: 'expected at most 15,000,000 characters of base64 (11 MB)' })
const file = z
  .strictObject({
    kind: z.literal('file'),
    ...ofRecord,
    at: instant,
    name: words(255),
    mediaType: words(127),
    content,
    by: z.strictObject({ name: words(200), person: externalId.nullable().optional() }),
    message: z
      .strictObject({ at: instant, byName: words(200) })
      .nullable()
      .optional(),
    nth,
  })
  .meta({ description: 'A file on a record, and the message that it came with.' })

export const lineOf = {
  vendor,
  customer,
  partner,
  person,
  past_membership: pastMembership,
  relationship,
  access_request: accessRequest,
  grant,
  record,
  message,
  event,
  file,
}
/** Any line, as the JSON Schema shows it. */
export const worldLine = z.union(Object.values(lineOf) as [typeof vendor, typeof customer, typeof partner])

export type LineKind = keyof typeof lineOf
export type LineOf<Kind extends LineKind> = z.output<(typeof lineOf)[Kind]>
export type WorldLine = { [Kind in LineKind]: LineOf<Kind> }[LineKind]
export type OrganizationReference = z.output<typeof organization>
/** A line as a file writes it (and as a mapping or the demo world makes it). */
export type LineInput = { [Kind in LineKind]: z.input<(typeof lineOf)[Kind]> }[LineKind]

/** The kinds in the order in which they are brought in: what is referred to comes before what refers to it. */
export const lineKinds = Object.keys(lineOf) as LineKind[]
