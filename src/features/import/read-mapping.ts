// Reads a mapping from YAML text. All that is wrong is told at once, each with its line and key.
import { isNode, LineCounter, parseDocument } from 'yaml'
import { refuse } from '../../kernel/refusal.ts'
import { expectation } from './check-line.ts'
import { type Mapping, mappingSchema, type RecordMapping } from './mapping-schema.ts'
import { placeholders } from './template.ts'

const longestMapping = 100_000

interface MappingFault {
  readonly path: readonly PropertyKey[]
  readonly sentence: string
}

/** @throws Refusal invalid-input, one field fault for each key that is wrong */
export function readMapping(source: string): Mapping {
  if (source.length > longestMapping) refuse('invalid-input', `A mapping has at most ${longestMapping} characters.`, { field: 'mapping' })
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true, schema: 'core', merge: false })
  if (document.errors.length > 0) {
    const first = document.errors[0]
    refuse('invalid-input', `The mapping is no YAML: line ${first?.linePos?.[0].line ?? 1}: ${first?.message.split('\n')[0]}`, {
      field: 'mapping',
    })
  }
  const broken = (faults: MappingFault[]): never => {
    const told = faults.map(({ path, sentence }) => ({
      field: `mapping.${path.join('.')}`,
      sentence: `line ${lineAt(path)}: ${path.join('.') || 'the mapping'}: ${sentence}`,
    }))
    return refuse('invalid-input', `The mapping cannot be used. ${told[0]?.sentence ?? ''}`, { field: 'mapping', fields: told })
  }
  const lineAt = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const read = mappingSchema.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (!read.success) {
    return broken(
      read.error.issues.map((issue) => ({
        path: issue.path,
        sentence: issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')}: no such key` : expectation(issue),
      })),
    )
  }
  const faults = inconsistencies(read.data)
  return faults.length > 0 ? broken(faults) : read.data
}

/** Names of sets that are not there, templates with unknown words, and rules that need another one. */
function inconsistencies(mapping: Mapping): MappingFault[] {
  const wrongWord = /^(value|slug|column\..+|home\.(id|name|slug|email_domain))$/
  return [
    ...homesThatAreNot(mapping),
    ...typesThatAreNot(mapping),
    ...setsThatAreNot(mapping),
    ...(mapping.record && !mapping.rows ? [{ path: ['record'], sentence: 'a record needs rows.id and rows.at' }] : []),
    ...templatesOf(mapping).flatMap(({ path, text }) => {
      const wrong = placeholders(text).find((word) => !wrongWord.test(word))
      return wrong === undefined ? [] : [{ path, sentence: `{${wrong}} is no word of a template` }]
    }),
  ]
}

/** Customers have no type and no reference. */
function typesThatAreNot({ organizations }: Mapping): MappingFault[] {
  return Object.entries(organizations).flatMap(([name, set]) =>
    (['type', 'reference'] as const)
      .filter((key) => set.kind === 'customer' && set[key] !== undefined)
      .map((key) => ({ path: ['organizations', name, key], sentence: 'only partners have one' })),
  )
}

function homesThatAreNot({ people = {}, organizations, vendor }: Mapping): MappingFault[] {
  return Object.entries(people).flatMap(([name, { home }]) => {
    if (home === 'vendor')
      return vendor ? [] : [{ path: ['people', name, 'home'], sentence: 'the vendor needs an id and a name: add vendor' }]
    if (organizations[home.most_frequent]) return []
    return [{ path: ['people', name, 'home', 'most_frequent'], sentence: 'expected the name of a set under organizations' }]
  })
}

function setsThatAreNot({ people = {}, organizations, relationships = [], record }: Mapping): MappingFault[] {
  const named = [
    ...relationships.flatMap(({ customer, partner }, place) => [
      { path: ['relationships', String(place), 'customer'], set: customer, kind: 'customer' },
      { path: ['relationships', String(place), 'partner'], set: partner, kind: 'partner' },
    ]),
    ...(record ? [{ path: ['record', 'customer'], set: record.customer, kind: 'customer' }] : []),
    ...Object.entries(record?.partners ?? {}).map(([relation, set]) => ({ path: ['record', 'partners', relation], set, kind: 'partner' })),
  ]
  const contacts = Object.entries(record?.contacts ?? {}).filter(([, set]) => !people[set])
  return [
    ...named
      .filter(({ set, kind }) => organizations[set]?.kind !== kind)
      .map(({ path, kind }) => ({ path, sentence: `expected the name of a set of ${kind}s under organizations` })),
    ...contacts.map(([relation]) => ({ path: ['record', 'contacts', relation], sentence: 'expected the name of a set under people' })),
  ]
}

function templatesOf(mapping: Mapping): { path: string[]; text: string }[] {
  const found: { path: string[]; text: string }[] = []
  const add = (path: string[], texts: string | string[] | undefined) => {
    for (const text of texts === undefined ? [] : [texts].flat()) found.push({ path, text })
  }
  for (const [name, set] of Object.entries(mapping.organizations)) {
    for (const key of ['id', 'name', 'email_domain', 'reference'] as const) add(['organizations', name, key], set[key])
  }
  for (const [name, set] of Object.entries(mapping.people ?? {})) {
    for (const key of ['id', 'name', 'email'] as const) add(['people', name, key], set[key])
  }
  add(['record', 'number'], mapping.record?.number)
  add(['record', 'title'], mapping.record?.title)
  add(['record', 'site', 'name'], mapping.record?.site?.name)
  for (const [name, texts] of Object.entries(mapping.record?.attributes ?? {})) add(['record', 'attributes', name], texts)
  return found
}

/** Every column that the mapping reads. */
export function columnsOf(mapping: Mapping): string[] {
  const { rows, record } = mapping
  const inTemplates = templatesOf(mapping).flatMap(({ text }) =>
    placeholders(text)
      .filter((word) => word.startsWith('column.'))
      .map((word) => word.slice(7)),
  )
  return [
    ...new Set([
      ...Object.values(mapping.organizations).map((set) => set.column),
      ...Object.values(mapping.people ?? {}).map((set) => set.column),
      ...(rows ? [rows.id, rows.at] : []),
      ...(record ? recordColumns(record) : []),
      ...(record?.history?.by ? [record.history.by] : []),
      ...inTemplates,
    ]),
  ]
}

const recordColumns = ({ state, created, site, fields, history }: RecordMapping): string[] => [
  created,
  ...(state ? [state.column] : []),
  ...(site ? [site.column] : []),
  ...Object.values(fields ?? {}).map(({ column }) => column),
  ...Object.values(history?.tracks ?? {}),
]
