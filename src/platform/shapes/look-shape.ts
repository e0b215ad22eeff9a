// A look through somebody's eyes, as the API tells of it: when it begins, and with who is signed in.
import { z } from 'zod'

const named = z.object({ id: z.string(), name: z.string() })

export const lookAnswer = z
  .object({
    customer: named,
    partner: named,
    person: named.nullable().describe('Null: an ordinary person of the partner, who has only what everybody there has'),
    since: z.string(),
    until: z.string().describe('Then it ends by itself'),
    leftOut: z
      .array(z.object({ kind: z.string(), many: z.string() }))
      .readonly()
      .describe('Kinds of record of which whoever looks may not see every one'),
  })
  .meta({ id: 'Look' })
