// What an access gives, as the API takes it and tells of it, the same wherever one is given, asked for or shown.
import { z } from 'zod'

const scopeAnswer = z
  .union([
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('sites'), sites: z.array(z.object({ siteNo: z.number(), name: z.string() })).readonly() }),
    z.object({
      kind: z.literal('records'),
      records: z.array(z.object({ kind: z.string(), id: z.string(), number: z.string() })).readonly(),
    }),
  ])
  .meta({ id: 'AccessScope', description: 'The whole customer, or named sites or records alone' })

/** What an access gives, in every answer that tells of one. */
export const accessAnswer = {
  level: z.string().nullable().describe('Null: roles or rights alone'),
  rights: z.array(z.string()).readonly().describe('Roles or rights, beside a level or alone'),
  scope: scopeAnswer,
  gives: z.string().describe('All of it in words, as the portal definition names it'),
} as const

/** What somebody chooses. */
export const accessFields = {
  level: z.string().min(1).max(64).nullable().optional().describe('The code or an alias of a level; left out or null: rights alone'),
  rights: z.array(z.string().min(1).max(64)).max(100).optional().describe('Codes of roles or rights, beside a level or alone'),
  scope: z
    .strictObject({
      sites: z
        .array(z.union([z.number().int(), z.string().max(200)]))
        .max(200)
        .optional()
        .describe('Numbers or ids of sites of the customer'),
      records: z
        .array(z.strictObject({ kind: z.string().max(64), id: z.string().max(200) }))
        .max(200)
        .optional(),
    })
    .optional()
    .describe('Left out: the whole customer. Sites or records, not both, and only what may be given so narrowly'),
} as const
