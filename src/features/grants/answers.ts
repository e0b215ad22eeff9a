// What the API answers about grants and previews; the serializer drops whatever is not said here.
import { z } from 'zod'
import { accessAnswer, accessFields } from '../../platform/shapes/access-shapes.ts'

const named = z.object({ id: z.string(), name: z.string() })
const instant = z.string().describe('An instant, ISO 8601 in UTC')
const day = z.string().describe('A day, YYYY-MM-DD, in the time zone of the customer')

export const grantAnswer = z
  .object({
    id: z.string(),
    number: z.string().describe('What people call it: A-77'),
    customer: named.extend({ timeZone: z.string() }),
    partner: named.extend({ peopleCount: z.number() }).describe("The grantee's organization: a partner, or the vendor"),
    person: named.extend({ email: z.string() }).nullable().describe('Null, with no group: everyone at the partner, now and later'),
    group: named.nullable().describe("A group of the partner's people, of the moment"),
    ...accessAnswer,
    endsOn: day.describe('Access counts to the end of this day, in the time zone of the customer'),
    from: instant,
    until: instant.describe('Exclusive'),
    state: z
      .enum(['active', 'ending', 'later', 'unconfirmed', 'suspended', 'expired', 'removed', 'relinquished', 'replaced'])
      .describe(
        'unconfirmed: imported, waits for the customer; suspended: the vendor suspends the partner; expired: its day came; removed by the customer; relinquished by the partner; replaced by a newer one',
      ),
    usedInstead: z.string().nullable().describe('Why it does not decide for the reader although it is in force'),
    reason: z.string().nullable(),
    givenBy: named.nullable().describe('Null also where the reader may not know who it was'),
    givenAt: instant,
    requestId: z.string().nullable(),
    ended: z
      .object({ at: instant, by: named.nullable(), kind: z.enum(['removed', 'replaced', 'relinquished']), reason: z.string().nullable() })
      .nullable(),
    lastUsedAt: instant.nullable().describe('When somebody last changed something by it; null: never'),
    abilities: z.object({
      change: z.boolean(),
      remove: z.boolean(),
      confirm: z.boolean(),
      giveAgain: z.boolean(),
      relinquish: z.boolean(),
    }),
  })
  .meta({ id: 'Grant', description: 'An access that a customer gave' })

const warningAnswer = z
  .object({
    code: z.enum(['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W8']),
    title: z.string(),
    text: z.string(),
    needsTick: z.boolean().describe('The access is given only with `understood: true`'),
    tick: z.string().nullable(),
  })
  .meta({ id: 'AccessWarning' })

export const previewAnswer = z
  .object({
    people: z.object({ now: z.number(), names: z.array(z.string()).readonly().describe('At most five') }),
    records: z.object({ total: z.number(), open: z.number(), closed: z.number() }),
    messages: z.number(),
    files: z.number(),
    kinds: z
      .array(z.object({ kind: z.string(), one: z.string(), many: z.string(), total: z.number(), open: z.number() }))
      .readonly()
      .describe('The records by kind'),
    sites: z.object({ total: z.number(), names: z.array(z.string()).readonly() }).describe('What it covers; at most five names'),
    pages: z.array(z.string()).readonly().describe('The pages that it opens'),
    abilities: z.array(z.object({ action: z.string(), words: z.string(), yes: z.boolean(), number: z.number().nullable() })).readonly(),
    changes: z.object({
      gain: z.array(z.string()).readonly(),
      lose: z.array(z.string()).readonly(),
      words: z.array(z.string()).readonly(),
    }),
    warnings: z.array(warningAnswer).readonly(),
    existing: grantAnswer.nullable().describe('What the same grantee has now'),
  })
  .meta({ id: 'AccessPreview', description: 'What an access would mean, before it is given' })

export const rolesAnswer = z
  .object({
    partner: named,
    roles: z
      .array(
        z.object({
          code: z.string(),
          name: z.string(),
          says: z.string(),
          enabled: z.boolean(),
          grantId: z.string().nullable(),
          endsOn: day.nullable(),
          group: named.extend({ members: z.array(z.string()).readonly() }).nullable(),
          formerly: z.array(z.string()).readonly().describe('Who was in the group that ended last; they are not in a new one'),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'PartnerRoles' })

/** How input is limited; the use cases say more exactly what is wrong. */
export const fields = {
  id: z.string().max(64),
  ...accessFields,
  endsOn: z.string().max(10).describe('The last day of the access, YYYY-MM-DD, in the time zone of the customer'),
  reason: z.string().max(1000).describe('1 to 1,000 characters'),
  email: z.string().max(254).describe('An e-mail address'),
  understood: z.boolean().optional().describe('Needed where a warning of the preview says `needsTick`'),
  group: z
    .string()
    .max(64)
    .optional()
    .describe('A group of the partner, or `new`: made for this; its administrators fill it. With `personIds` null'),
  people: z.array(z.string().max(64)).max(500).nullable().describe('Null: everyone at the partner; at most 500 people'),
} as const
