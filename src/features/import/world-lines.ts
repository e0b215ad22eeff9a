// The lines of a world file: one JSON object a line, the same shape in and out. What a line leaves out stays as it is (or takes its default);
// null empties. Documented in docs/import.md and docs/world.schema.json, which is made from this file.
import { z } from 'zod'
import { accessRequest, grant, group, groupMember, relationship } from './access-line-shapes.ts'
import { colleagueChoice, invitation, link, noticeChoice, validatedContact } from './kept-line-shapes.ts'
import { attributes, code, email, emailDomain, externalId, instant, language, organization, timeZone, words } from './line-words.ts'
import { event, file, message, record } from './record-line-shapes.ts'

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
  .strictObject({
    kind: z.literal('partner'),
    ...organizationFields,
    suspendedAt: instant.nullable().optional(),
    type: code.nullable().optional(),
    reference: words(200).nullable().optional(),
  })
  .meta({
    description:
      'A partner: a firm that works for customers. Its type is one of the portal definition; active partners of the same type and reference share what is assigned to them.',
  })
const site = z
  .strictObject({ kind: z.literal('site'), customer: externalId, id: externalId, name: words(200) })
  .meta({ description: "A customer's site. Its id is told apart within its customer, with whom it stays." })

const held = {
  roles: z.array(code).max(20).optional(),
  siteRoles: z
    .array(z.strictObject({ role: code, site: externalId }))
    .max(500)
    .optional(),
  switches: z.array(code).max(50).optional(),
}
const person = z
  .strictObject({
    kind: z.literal('person'),
    id: externalId,
    email,
    name: words(200),
    language: language.optional(),
    timeZone: timeZone.nullable().optional(),
    home: organization.nullable().optional(),
    ...held,
    attributes: attributes.optional(),
    since: instant.optional(),
  })
  .refine((line) => line.siteRoles === undefined || line.home !== undefined, {
    error: "expected home beside it: a site is one of the home's",
    path: ['siteRoles'],
  })
  .meta({
    description:
      'A person with a home organization and roles in it: for the whole of it, or at single sites of a customer (siteRoles). switches are those that are on. Without a home the person is nobody in the portal.',
  })

const pastMembership = z
  .strictObject({
    kind: z.literal('past_membership'),
    person: externalId,
    home: organization,
    ...held,
    from: instant,
    until: instant,
  })
  .meta({ description: 'Where a person was at home before, and as what.' })

export const lineOf = {
  vendor,
  customer,
  partner,
  site,
  person,
  past_membership: pastMembership,
  relationship,
  group,
  group_member: groupMember,
  validated_contact: validatedContact,
  colleague_choice: colleagueChoice,
  notice_choice: noticeChoice,
  link,
  invitation,
  record,
  access_request: accessRequest,
  grant,
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
