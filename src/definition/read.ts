// Reads a portal definition from YAML text: parsed, checked against the schema and in itself, and compiled to a law. All faults are told at once.
import { type Document, isMap, isNode, LineCounter, parseDocument, type YAMLError } from 'yaml'
import { z } from 'zod'
import type { Law } from '../law/law.ts'
import { inconsistencies } from './check.ts'
import { compile } from './compile.ts'
import { BrokenDefinition, type Fault, spellingHint } from './fault.ts'
import { definitionSchema, type PortalDefinition } from './schema.ts'
import { deepestNesting, hiddenCharacters, treeFaults } from './text-faults.ts'

type Path = readonly PropertyKey[]

/** The longest definition that is read, in characters: the longest of the known ones has under 10,000. */
export const longestDefinition = 200_000

/**
 * Reads, checks and compiles a definition.
 * @param file its name, for the faults
 * @throws BrokenDefinition with every fault found
 */
export function readDefinition(source: string, file: string, version = 0): Law {
  return compile(checkedDefinition(source, file), { source, version })
}

/** The same without compiling it: the definition as its author wrote it, free of faults. */
export function checkedDefinition(source: string, file: string): PortalDefinition {
  if (source.length > longestDefinition) {
    throw new BrokenDefinition(file, [{ line: 0, key: '', sentence: `is longer than ${longestDefinition} characters.` }])
  }
  const lines = new LineCounter()
  const broken = (faults: readonly Fault[]) => new BrokenDefinition(file, faults)
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: false, schema: 'core', merge: false })
  const unreadable = textFaults(source, document, lines)
  if (unreadable.length > 0) throw broken(unreadable)
  const lineOf = (path: Path) => lineAt(document, lines, path)
  const read = definitionSchema.safeParse(document.toJS())
  if (!read.success) throw broken(read.error.issues.flatMap((issue) => faultsOf(issue, lineOf, document)))
  const faults = inconsistencies(read.data).map(({ path, sentence }) => ({ line: lineOf(path), key: path.join('.'), sentence }))
  if (faults.length > 0) throw broken(faults)
  return read.data
}

/** What keeps the text from being read at all: the first sort of fault that there is. */
function textFaults(source: string, document: Document.Parsed, lines: LineCounter): Fault[] {
  const hidden = hiddenCharacters(source)
  if (hidden.length > 0) return hidden
  const { errors, warnings } = document
  if (errors.some(({ message }) => /stack/i.test(message)))
    return [{ line: 0, key: '', sentence: `is nested more than ${deepestNesting} deep.` }]
  if (errors.length > 0) return errors.map(faultOfText)
  const faults = treeFaults(document, lines)
  return faults.length > 0 ? faults : warnings.map(faultOfText)
}

function faultOfText({ code, linePos, message }: YAMLError): Fault {
  const sentence = code === 'MULTIPLE_DOCS' ? 'holds more than one document.' : firstLine(message)
  return { line: linePos?.[0].line ?? 0, key: '', sentence }
}

function faultsOf(issue: z.core.$ZodIssue, lineOf: (path: Path) => number, document: Document): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      line: lineOf([...issue.path, key]),
      key: [...issue.path, key].join('.'),
      sentence: `is not a key that can stand here.${spellingHint(key, knownKeys(issue.path))}`,
    }))
  }
  const missing = document.getIn(issue.path, true) === undefined ? 'is missing: ' : ''
  return [{ line: lineOf(issue.path), key: issue.path.join('.'), sentence: `${missing}${expectation(issue)}.` }]
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${['record', 'object'].includes(issue.expected) ? 'a group of keys' : issue.expected}`
  if (issue.code === 'invalid_format') return `expected ${issue.message}`
  if (issue.code === 'invalid_value') return `expected ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`
  if (issue.code === 'invalid_key') return `expected ${issue.issues[0]?.message ?? 'a name'}`
  if (issue.code === 'too_small' || issue.code === 'too_big') return `expected ${boundOf(issue)}`
  if (issue.code === 'custom') return `expected ${issue.message}`
  return `expected: ${issue.message}`
}

const boundOf = (issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string => {
  const isList = issue.origin === 'array'
  if (issue.code === 'too_small') return `at least one ${isList ? 'entry' : 'letter'}`
  return `at most ${issue.maximum} ${isList ? 'entries' : 'letters'}`
}

/** The keys that the schema knows at a path, for the spelling hint. */
function knownKeys(path: Path): string[] {
  let at: unknown = definitionSchema
  for (const step of path) at = withKeys(inside(at, String(step)))
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

function inside(schema: unknown, step: string): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[step]
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodArray ? schema.element : undefined
}

/** What can be left out, as it is where it is not; of what can be of several sorts the one that has keys. */
function withKeys(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return withKeys(schema.unwrap())
  return schema instanceof z.ZodUnion ? schema.options.find((one) => one instanceof z.ZodRecord) : schema
}

/** The line of the key at a path, or of the nearest one above it that stands in the file. */
function lineAt(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const holder = document.getIn(path.slice(0, depth - 1), true)
    const last = path[depth - 1]
    const pair = isMap(holder) ? holder.items.find((item) => String(item.key) === String(last)) : undefined
    const node = pair ? pair.key : document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

/** Without the place and the lines of the file that the parser adds. */
const firstLine = (text: string): string => text.replace(/ at line \d+, column \d+[\s\S]*/, '.')
