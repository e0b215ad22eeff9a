// Lines of what people said to one another and chose for themselves: invitations, links, choices, and whose word counts.
import { z } from 'zod'
import { code, externalId, instant, organization, prose } from './line-words.ts'

export const validatedContact = z
  .strictObject({ kind: z.literal('validated_contact'), home: organization, person: externalId, at: instant.optional() })
  .meta({ description: 'That a contact is validated: their word counts for the account when they contact the vendor.' })

export const colleagueChoice = z
  .strictObject({
    kind: z.literal('colleague_choice'),
    customer: externalId,
    choice: z.enum(['forbid', 'tell', 'ask']),
    chosenBy: externalId.nullable().optional(),
    from: instant.optional(),
    until: instant.nullable().optional(),
  })
  .meta({
    description:
      'What a customer says to colleagues whom a partner lets in, from when until when. Without one the portal definition says it.',
  })

export const noticeChoice = z
  .strictObject({
    kind: z.literal('notice_choice'),
    person: externalId,
    customer: externalId,
    notice: code,
    way: z.enum(['mail', 'digest', 'none']),
    at: instant.optional(),
  })
  .meta({ description: 'How a person wants to get a notice about a customer. Whether they may get it, or decline it, is asked each time.' })

export const link = z
  .strictObject({
    kind: z.literal('link'),
    customer: externalId,
    partner: externalId,
    state: z.enum(['asked', 'standing', 'denied']),
    askedBy: externalId.nullable().optional(),
    askedAt: instant,
    answered: z.strictObject({ at: instant, by: externalId.nullable() }).nullable().optional(),
  })
  .refine((line) => (line.state === 'asked') === !line.answered, {
    error: 'expected who answered and when, unless the link is only asked for',
    path: ['answered'],
  })
  .meta({
    description:
      "That a partner's and a customer's accounts belong together: asked for at an instant, standing, or denied. It shows nothing by itself.",
  })

export const invitation = z
  .strictObject({
    kind: z.literal('invitation'),
    id: externalId,
    customer: externalId,
    partner: externalId,
    gives: z.array(code).max(50),
    until: instant,
    state: z.enum(['waiting', 'accepted', 'declined', 'withdrawn', 'lapsed']),
    invitedBy: externalId,
    invitedAt: instant,
    lapsesAt: instant,
    answered: z
      .strictObject({ at: instant, by: externalId.nullable(), reason: prose(1000).nullable() })
      .nullable()
      .optional(),
  })
  .refine((line) => (line.state === 'waiting') === !line.answered, {
    error: 'expected when it was answered, unless it waits',
    path: ['answered'],
  })
  .refine((line) => line.lapsesAt > line.invitedAt, { error: 'expected an instant after invitedAt', path: ['lapsesAt'] })
  .meta({
    description:
      'A customer invites a partner: what accepting it gives (nothing: the two work together, and no more), and until when. One that is here is never changed by an import.',
  })
