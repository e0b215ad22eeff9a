// The mapping language: which column of a table is what, and the rules for what no column says. Documented in docs/import.md and docs/mapping.schema.json.
import { z } from 'zod'
import { isTimeZone, parseDate } from '../../kernel/instant.ts'

const name = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, { error: 'expected a name in lower case letters, digits and underscores' })
const column = z.string().min(1).max(200).meta({ description: "A column's name, as the first row of the table writes it." })
const template = z
  .string()
  .min(1)
  .max(500)
  .meta({ description: 'Text with {value}, {slug}, {column.NAME}, {home.id}, {home.name}, {home.slug} or {home.email_domain} in it.' })
const timeZone = z.string().max(64).refine(isTimeZone, { error: 'expected a time zone of the IANA list, such as Europe/Madrid' })
const rows = z
  .enum(['all', 'standing'])
  .meta({ description: 'all: every row that counts; standing: only the last row of each record, which says how it stands.' })
const orOne = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1).max(10)])

const organizationSet = z
  .strictObject({
    kind: z.enum(['customer', 'partner']),
    column,
    rows: rows.optional(),
    id: template.optional(),
    name: template.optional(),
    time_zone: timeZone.optional(),
    email_domain: template.optional(),
    type: name.optional().meta({ description: 'Of partners: their type, by the portal definition.' }),
    reference: template.optional().meta({ description: 'Of partners: those of one type and reference share what is assigned to them.' }),
  })
  .meta({ description: 'One organization for each value of the column.' })

const personSet = z
  .strictObject({
    column,
    rows: rows.optional(),
    home: z.union([z.strictObject({ most_frequent: name }), z.literal('vendor')]).meta({
      description:
        'most_frequent: the organization of that set which stands in most rows of the person (between equals the smaller id); or the vendor.',
    }),
    id: template.optional(),
    name: template.optional(),
    email: template,
    roles: z.array(name).max(20),
    roles_of_most_frequent: z.array(name).max(20).optional().meta({
      description:
        'These roles go to the person of each organization who stands in most rows together with it (between equals the smaller id).',
    }),
  })
  .meta({ description: 'One person for each value of the column.' })

const field = z
  .strictObject({
    column,
    as: z.enum(['text', 'number', 'boolean', 'list']),
    separator: z.string().min(1).max(5).optional().meta({ description: 'Between the texts of a list; a comma where it is left out.' }),
  })
  .meta({ description: 'A field that the kind declares, as the type it declares. A boolean is true or false, yes or no, 1 or 0.' })

const record = z
  .strictObject({
    kind: name,
    customer: name,
    customer_if_missing: z
      .strictObject({ id: z.string().min(1).max(200), name: z.string().min(1).max(200) })
      .optional()
      .meta({ description: 'The customer of records whose rows name none. It has no people, so that nobody can give access to it.' }),
    number: template.optional(),
    title: orOne(template).meta({ description: 'The first template of which every column has a value.' }),
    state: z
      .strictObject({ column, values: z.record(z.string().max(200), name) })
      .optional()
      .meta({ description: 'Left out only where the kind has no states.' }),
    created: column,
    site: z
      .strictObject({ column, name: template.optional() })
      .optional()
      .meta({ description: "The customer's site: one for each value of the column." }),
    contacts: z.record(name, name).optional(),
    partners: z.record(name, name).optional(),
    attributes: z.record(name, orOne(template)).optional(),
    fields: z.record(name, field).optional(),
    history: z
      .strictObject({ by: column.optional(), tracks: z.record(name, column).optional() })
      .optional()
      .meta({ description: 'One history entry for each row; tracks names further columns whose changes it tells.' }),
  })
  .meta({ description: 'One record for each value of rows.id; its last row says how it stands, all its rows are its history.' })

export const mappingSchema = z.strictObject({
  mapping: z.literal(1).meta({ description: 'The version of this language.' }),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  missing: z
    .array(z.string().max(100))
    .max(20)
    .optional()
    .meta({ description: 'Values that mean that nothing is there. An empty one always does.' }),
  dates: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .meta({ description: 'How instants are written: D, DD, M, MM, YYYY, H, HH, mm, ss. Left out: ISO 8601.' }),
  time_zone: timeZone.optional().meta({ description: 'The zone of instants written without one. Left out: UTC.' }),
  rows: z
    .strictObject({
      id: column,
      at: column,
      as_of: z
        .string()
        .refine((text) => parseDate(text) !== undefined, { error: 'expected a date such as 2016-03-05' })
        .optional(),
    })
    .optional()
    .meta({ description: 'Rows are events: id names the record, at the instant. as_of: only rows before the start of that day count.' }),
  vendor: z.strictObject({ id: z.string().min(1).max(200), name: z.string().min(1).max(200) }).optional(),
  organizations: z.record(name, organizationSet),
  people: z.record(name, personSet).optional(),
  relationships: z
    .array(z.strictObject({ customer: name, partner: name, relation: z.enum(['works_with', 'associated', 'preferred']).optional() }))
    .max(20)
    .optional()
    .meta({ description: 'A relationship for each pair that stands in one row, from the first such row on.' }),
  record: record.optional(),
})

export type Mapping = z.output<typeof mappingSchema>
export type OrganizationSet = z.output<typeof organizationSet>
export type PersonSet = z.output<typeof personSet>
export type RecordMapping = z.output<typeof record>
