// Lines of records and of what hangs on them: what may stand in them.
import { z } from 'zod'
import { attributes, code, externalId, instant, organization, prose, words } from './line-words.ts'

const recordReference = z.strictObject({ recordKind: code, id: externalId })
export const record = z
  .strictObject({
    kind: z.literal('record'),
    recordKind: code,
    id: externalId,
    customer: externalId.nullable(),
    site: externalId.nullable().optional(),
    partOf: recordReference.nullable().optional(),
    refersTo: recordReference.nullable().optional(),
    number: words(64).optional(),
    title: words(300),
    state: code.optional(),
    attributes: attributes.optional(),
    createdAt: instant,
    updatedAt: instant.optional(),
    contacts: z
      .array(z.strictObject({ person: externalId, relation: code, addedAt: instant.optional(), addedBy: externalId.nullable().optional() }))
      .max(500)
      .optional(),
    partners: z
      .array(z.strictObject({ partner: externalId, relation: code }))
      .max(50)
      .optional(),
  })
  .meta({
    description:
      "A record of a kind that the portal definition knows, for instance a service request: whose it is (customer null: nobody's, such as an announcement), at which site, what it is part of and refers to, and the people and partners named on it as its kind says. Attributes that the kind declares as fields are of their type. A kind without states needs none.",
  })

const ofRecord = { recordKind: code, record: externalId }
const nth = z.int().min(1).max(10_000).optional()
export const message = z
  .strictObject({
    kind: z.literal('message'),
    ...ofRecord,
    at: instant,
    by: z.strictObject({ name: words(200), person: externalId.nullable().optional(), organization: organization.nullable().optional() }),
    body: prose(20_000),
    nth,
  })
  .meta({ description: 'A message on a record. Never changed: a line that differs is another message. nth tells equal ones apart.' })
export const event = z
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
export const file = z
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
