// One line of a world file, checked: a line in our shape, or what is wrong with it, field by field.
import type { z } from 'zod'
import { type LineKind, lineKinds, lineOf, type WorldLine } from './world-lines.ts'

/** What is wrong with a row: the person who made the file can find it and mend it. */
export interface RowFault {
  readonly line: number
  /** The field, or the column of a CSV file; empty where the whole line is meant. */
  readonly field: string
  readonly expected: string
  /** The row is well, but what stands here already says otherwise. */
  readonly conflict?: boolean
}

export type CheckedLine = { readonly line: number; readonly is: WorldLine } | { readonly line: number; readonly faults: RowFault[] }

/** Reads the JSON of a line. */
export function checkText(line: number, text: string): CheckedLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { line, faults: [{ line, field: '', expected: 'expected one JSON object on the line' }] }
  }
  return checkValue(line, value)
}

/** Checks a value against the kind that it says it is. */
export function checkValue(line: number, value: unknown): CheckedLine {
  const fault = (field: string, expected: string): CheckedLine => ({ line, faults: [{ line, field, expected }] })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fault('', 'expected one JSON object on the line')
  const kind = (value as { kind?: unknown }).kind
  if (typeof kind !== 'string' || !Object.hasOwn(lineOf, kind)) return fault('kind', `expected one of ${lineKinds.join(', ')}`)
  const read = lineOf[kind as LineKind].safeParse(value)
  if (read.success) return { line, is: read.data }
  return { line, faults: read.error.issues.flatMap((issue) => faultsOf(line, issue)) }
}

function faultsOf(line: number, issue: z.core.$ZodIssue): RowFault[] {
  const field = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ line, field: field ? `${field}.${key}` : key, expected: 'expected no such field' }))
  }
  return [{ line, field, expected: expectation(issue) }]
}

/** What a fault of a schema says was expected. */
export function expectation(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('expected')) return issue.message
  if (issue.code === 'invalid_value') return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`
  if (issue.code === 'too_big') return `expected at most ${issue.maximum}`
  if (issue.code === 'too_small') return `expected at least ${issue.minimum}`
  return `expected: ${issue.message}`
}
