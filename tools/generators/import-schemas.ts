// The JSON Schemas of what is brought in: the lines of a world file, and a mapping; and their tables in docs/import.md.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { mappingSchema } from '../../src/features/import/mapping-schema.ts'
import { lineKinds, lineOf, worldLine } from '../../src/features/import/world-lines.ts'

interface Schema {
  readonly type?: string
  readonly description?: string
  readonly properties?: Record<string, Schema>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly enum?: readonly string[]
  readonly const?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
  readonly format?: string
  readonly pattern?: string
  readonly additionalProperties?: unknown
}

const schemaOf = (type: z.ZodType, title: string) => ({
  title,
  ...z.toJSONSchema(type, { io: 'input', target: 'draft-2020-12', reused: 'inline' }),
})
const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

export function generate(): { path: string; text: string }[] {
  return [
    { path: 'docs/world.schema.json', text: text(schemaOf(worldLine, 'A line of a Latchkey world file')) },
    { path: 'docs/mapping.schema.json', text: text(schemaOf(mappingSchema, 'A mapping of a table to a Latchkey world')) },
    { path: 'docs/import.md', text: withTables(readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8')) },
  ]
}

const [begin, end] = ['<!-- fields: made by tools/generators/import-schemas.ts -->', '<!-- end of fields -->']

/** The page with the tables of fields between its two marks. */
function withTables(page: string): string {
  const [before, after] = [page.split(begin)[0], page.split(end)[1]]
  if (before === undefined || after === undefined) throw new Error(`docs/import.md lacks the marks ${begin} and ${end}`)
  return `${before}${begin}\n\n${lineKinds.map(tableOf).join('\n\n')}\n\n${end}${after}`
}

function tableOf(kind: (typeof lineKinds)[number]): string {
  const schema = schemaOf(lineOf[kind], kind) as Schema
  const rows = Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== 'kind')
    .map(([name, field]) => `| \`${name}\` | ${schema.required?.includes(name) ? 'yes' : ''} | ${limitOf(field)} |`)
  return [`### ${kind}`, '', schema.description ?? '', '', '| field | needed | what it can be |', '|---|---|---|', ...rows].join('\n')
}

/** What a field can be, in words. */
function limitOf(field: Schema): string {
  if (field.anyOf) {
    const plain = field.anyOf.filter(({ type }) => type !== 'null').map(limitOf)
    return `${[...new Set(plain)].join(' or ')}${plain.length < field.anyOf.length ? ', or null' : ''}`
  }
  if (field.const !== undefined) return `"${field.const}"`
  if (field.enum) return field.enum.map((value) => `"${value}"`).join(', ')
  if (field.type === 'array') return `a list of at most ${field.maxItems}: ${limitOf(field.items ?? {})}`
  if (field.type === 'boolean') return 'true or false'
  if (field.type === 'object') return objectLimit(field)
  if (field.type === 'integer') return `a whole number, ${field.minimum} to ${field.maximum}`
  return textLimit(field)
}

function objectLimit({ properties }: Schema): string {
  if (!properties) return 'an object of named values, at most 100,000 characters of JSON'
  return `{ ${Object.entries(properties)
    .map(([name, inner]) => `${name}: ${limitOf(inner)}`)
    .join('; ')} }`
}

function textLimit({ format, pattern, minLength, maxLength }: Schema): string {
  if (format === 'date-time') return 'an instant with its offset, from 1900 to 9999'
  if (format === 'date') return 'a date, YYYY-MM-DD'
  if (format === 'email') return 'an e-mail address in ASCII, at most 254 characters'
  if (pattern === '^[a-z][a-z0-9_]{0,63}$') return 'a code: lower case letters, digits, underscores, at most 64'
  if (format === 'base64') return `base64, at most ${maxLength?.toLocaleString('en')} characters`
  return `text, ${minLength ?? 1} to ${maxLength?.toLocaleString('en') ?? 'any number of'} characters`
}
