// What a portal definition may say: the schema of the YAML file. Its limits keep a definition readable; 200 names of a sort are more than anybody reads.
import { z } from 'zod'

const name = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'a name: lower-case letters, digits and underscores, starting with a letter')
const words = z.string().min(1).max(200)
const period = z.string().regex(/^[1-9][0-9]{0,3} (day|week|month|year)s?$/, 'a length of time such as "30 days", "6 months" or "2 years"')
const names = z.array(name).max(200)

/** `read`, `read mine` (only where the person is named on the record), `update while open` (only while its state is not a closed one). */
const permission = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,63}( mine)?( while open)?$/,
    'an action, with "mine" or "while open" behind it where it is limited, such as "read mine"',
  )
const may = z.record(name, z.array(permission).max(200))

const state = z.strictObject({ name: words, closed: z.boolean().optional() })
const recordKind = z.strictObject({
  name: z.strictObject({
    one: words,
    many: words,
    number: z
      .string()
      .max(8)
      .regex(/^[A-Za-z0-9-]*$/, 'letters, digits and dashes'),
  }),
  states: z.record(name, state),
  opens_as: name,
  closes_as: name,
  reopens_as: name,
  actions: z.record(name, words),
})
const homeRole = z.strictObject({ includes: name.optional(), may: may.optional() })
const level = z.strictObject({
  name: words,
  says: words,
  includes: name.optional(),
  aliases: names.optional(),
  may: may.optional(),
  notices: names.optional(),
})

export const definitionSchema = z.strictObject({
  portal: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'a name: lower-case letters, digits and dashes'),
  names: z.strictObject({ vendor: words, customer: words, partner: words }),
  records: z.record(name, recordKind),
  home: z.strictObject({ customer: z.record(name, homeRole), partner: z.record(name, homeRole), vendor: z.record(name, homeRole) }),
  access: z.strictObject({
    shape: z.literal('ladder'),
    levels: z.record(name, level),
    reserved: names,
    grantees: z.array(z.enum(['organization', 'person', 'vendor_person'])).min(1),
    precedence: z.array(z.enum(['person', 'organization'])).length(2),
    term: z.strictObject({ default: period, longest: period }),
  }),
  requests: z.strictObject({ answered_by: names.min(1), lapse_after: period }),
})

export type PortalDefinition = z.infer<typeof definitionSchema>
