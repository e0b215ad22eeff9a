// Lines of how organizations are related, of groups, and of access: what may stand in them.
import { z } from 'zod'
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { code, date, externalId, instant, organization, prose, words } from './line-words.ts'

export const relationship = z
  .strictObject({
    kind: z.literal('relationship'),
    customer: externalId,
    partner: externalId.optional(),
    superior: externalId.optional(),
    relation: z.enum(['works_with', 'associated', 'preferred', 'subordinate']).optional(),
    ofRecord: z.boolean().optional(),
    from: instant.optional(),
    until: instant.nullable().optional(),
  })
  .refine((line) => (line.superior !== undefined) === (line.relation === 'subordinate'), {
    error: 'expected superior (a customer) where the relation is subordinate, and nowhere else',
    path: ['superior'],
  })
  .refine((line) => (line.partner === undefined) === (line.superior !== undefined), {
    error: 'expected a partner, unless there is a superior',
    path: ['partner'],
  })
  .refine((line) => line.ofRecord !== true || (line.relation ?? 'works_with') === 'works_with', {
    error: 'expected no partner of record but one that the customer works with',
    path: ['ofRecord'],
  })
  .meta({
    description:
      'How a customer is related to a partner: it works_with it (the default; gives nothing by itself), is associated with it (the partner is that customer), or has it as its preferred one. Or it is subordinate to another customer, its superior. A partner of record (ofRecord) is one that it works with since the sale: a label, which gives nothing.',
  })

export const group = z
  .strictObject({
    kind: z.literal('group'),
    id: externalId,
    partner: externalId,
    name: words(300),
    createdAt: instant.optional(),
    endedAt: instant.nullable().optional(),
  })
  .meta({
    description:
      "A group of a partner's people. What is given to a group is given to its members of the moment. It stays with its partner.",
  })

export const groupMember = z
  .strictObject({
    kind: z.literal('group_member'),
    group: externalId,
    person: externalId,
    from: instant.optional(),
    until: instant.nullable().optional(),
  })
  .meta({ description: "Who is in a group, from when to when. It counts while the person works at the group's partner." })

const covered = z.union(
  [
    z.strictObject({ sites: z.array(externalId).max(1000) }),
    z.strictObject({ records: z.array(z.strictObject({ recordKind: code, id: externalId })).max(1000) }),
  ],
  { error: 'expected {"sites": […]} or {"records": […]} with at most 1000 of them, or nothing: then it is for the whole customer' },
)

const requestItem = z
  .strictObject({
    person: externalId.nullable(),
    level: code.nullable().optional(),
    rights: z.array(code).max(200).optional(),
    scope: covered.nullable().optional(),
    takenOver: z.boolean().optional(),
    grantedLevel: code.nullable().optional(),
    grantedRights: z.array(code).max(200).optional(),
    grantedScope: covered.nullable().optional(),
  })
  .refine((item) => (item.level ?? null) !== null || (item.rights ?? []).length > 0, {
    error: 'expected a level, or rights',
    path: ['level'],
  })

export const accessRequest = z
  .strictObject({
    kind: z.literal('access_request'),
    id: externalId,
    partner: externalId,
    askedBy: externalId,
    addressedTo: words(254),
    customer: externalId.nullable().optional(),
    toCustomer: z.boolean().optional(),
    endsOn: date,
    reason: prose(1000),
    state: z.enum(['waiting', 'approved', 'denied', 'withdrawn', 'lapsed']),
    askedAt: instant,
    lapsesAt: instant,
    answered: z
      .strictObject({ at: instant, by: externalId.nullable(), reason: prose(1000).nullable() })
      .nullable()
      .optional(),
    items: z.array(requestItem).min(1).max(200),
  })
  .refine((line) => line.toCustomer || parseEmailAddress(line.addressedTo) !== undefined, {
    error: 'expected an e-mail address in ASCII, at most 254 characters, unless a customer was asked by its name (toCustomer)',
    path: ['addressedTo'],
  })
  .refine((line) => !line.toCustomer || (line.customer ?? null) !== null, {
    error: 'expected the customer that was asked by its name (toCustomer)',
    path: ['customer'],
  })
  .meta({
    description:
      'A partner asks a customer for access, for everyone (person null) or for named people: a level, roles or rights (both are said in `rights`), for the whole customer or some of its sites or records, and what the answer gave. It was addressed to an e-mail address, or to a customer by its name (toCustomer). takenOver: a newer request took the place of this part before the customer. The first of two approvals is not kept: both are asked for again.',
  })

export const grant = z
  .strictObject({
    kind: z.literal('grant'),
    id: externalId,
    customer: externalId,
    grantee: organization,
    person: externalId.nullable().optional(),
    group: externalId.nullable().optional(),
    level: code.nullable().optional(),
    rights: z.array(code).max(200).optional(),
    scope: covered.nullable().optional(),
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
    description:
      'A customer gives a level, roles or rights (both are said in `rights`) to one person, to a group, or to everyone at a partner (neither is said); for the whole customer, or for some of its sites or records. Its terms never change.',
  })
