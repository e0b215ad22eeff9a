// latchkey import: a world or a table into a running server; takes an import back; lists the imports.
import { openAsBlob } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Client } from '../client/client.ts'
import { type Command, clientFor, Mistyped, type Terminal } from './terminal.ts'

interface Fault {
  readonly line: number
  readonly field: string
  readonly expected: string
  readonly conflict?: boolean
}
type Tally = Record<'new' | 'changed' | 'same' | 'conflict' | 'failed', number>
interface Result {
  readonly id: string | null
  readonly state: 'done' | 'stopped' | 'dry run'
  readonly lines: number
  readonly faults: number
  readonly counts: Record<string, Tally>
}
type Told =
  | { type: 'progress'; done: number; total: number; perSecond: number; secondsLeft: number }
  | ({ type: 'fault' } & Fault)
  | ({ type: 'result' } & Result)
  | { type: 'failure'; sentence: string; ref: string }

export const importWorld: Command = {
  says: 'brings in a world (NDJSON), or a table (CSV) by a mapping; takes an import back',
  help: `latchkey import FILE [--mapping MAP.yaml [--as-of DATE]] [--dry-run] [--trust-grants] [--errors FILE] [--json]
latchkey import --undo ID
latchkey import --list

  Brings a world in: one JSON object a line, or a CSV table that a mapping explains. What is here already is brought up to date by its id.
  A row with an error is left out and written to a file with its line; it stops nothing. docs/import.md says what can stand in a file.

  --mapping MAP.yaml  what the columns of a table are
  --as-of DATE        the world as it stood at the start of that day (goes before the mapping's own day)
  --dry-run           says what would be new, changed, the same or in conflict, and changes nothing
  --trust-grants      access that comes in counts at once, and waiting invitations, links and marks come in too; otherwise each
                      customer confirms access first, and those are refused
  --errors FILE       where rows with errors are written (FILE.errors.csv)
  --undo ID           takes an import back, unless something of it was changed or used since
  --list              the imports that were run
  --json              the result as JSON

  latchkey import world.ndjson --dry-run
  latchkey import incidents.csv --mapping examples/incident-log.mapping.yaml

  Ends with 0 when the file was gone through (rows with errors are told), with 2 when it was not.`,
  run,
}

const flags = {
  mapping: { type: 'string' },
  'as-of': { type: 'string' },
  'dry-run': { type: 'boolean' },
  'trust-grants': { type: 'boolean' },
  errors: { type: 'string' },
  undo: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'boolean' },
} as const
type Flags = ReturnType<typeof parseArgs<{ options: typeof flags }>>['values']

async function run(words: string[], to: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: flags })
  const client = clientFor(to)
  if (values.list) return list(client, to, values.json === true ? 'json' : 'text')
  if (values.undo !== undefined) return undo(client, to, values.undo)
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Mistyped('Name one file.')
  if (values.mapping === undefined && /\.(csv|tsv)$/i.test(file))
    throw new Mistyped(`${basename(file)} is a table: say what its columns are with --mapping MAP.yaml. Nothing was sent.`)
  return bringIn(client, to, file, values)
}

async function bringIn(client: Client, to: Terminal, file: string, flags: Flags): Promise<number> {
  const options = {
    dryRun: flags['dry-run'] === true,
    trustGrants: flags['trust-grants'] === true,
    ...(flags['as-of'] === undefined ? {} : { asOf: flags['as-of'] }),
  }
  const mapping = flags.mapping === undefined ? undefined : await fileAt(flags.mapping)
  const faults: Fault[] = []
  const began = Date.now()
  const told = client.imports.run(options, await fileAt(file), mapping) as AsyncGenerator<unknown> as AsyncGenerator<Told>
  const result = await follow(told, faults, to)
  const errorsFile = flags.errors ?? `${basename(file)}.errors.csv`
  faults.sort((a, b) => a.line - b.line)
  if (faults.length > 0) await writeFile(errorsFile, faultsTable(faults))
  if (flags.json) to.out(JSON.stringify({ ...result, errorsFile: faults.length > 0 ? errorsFile : null }))
  else for (const line of summary(result, faults, errorsFile, Date.now() - began)) to.out(line)
  return result.state === 'stopped' ? 2 : 0
}

async function fileAt(path: string): Promise<{ content: Blob; name: string }> {
  try {
    return { content: await openAsBlob(path), name: basename(path) }
  } catch {
    throw new Error(`There is no file ${path} that can be read.`)
  }
}

async function follow(told: AsyncGenerator<Told>, faults: Fault[], to: Terminal): Promise<Result> {
  to.progress('sending the file …')
  for await (const line of told) {
    if (line.type === 'result') return line
    if (line.type === 'failure') throw new Error(`${line.sentence} (ref ${line.ref})`)
    if (line.type === 'progress') showProgress(line, to)
    else faults.push({ line: line.line, field: line.field, expected: line.expected, ...(line.conflict ? { conflict: true } : {}) })
  }
  throw new Error(
    'The server went away before the import was done. What came in before stays, batch by batch: "latchkey import --list" shows the run, --undo takes it back.',
  )
}

function showProgress({ done, total, perSecond, secondsLeft }: Extract<Told, { type: 'progress' }>, to: Terminal): void {
  const text = `${many(done)} of ${many(total)} lines, ${many(perSecond)} a second, ${secondsLeft} s left`
  to.progress(text, ...(done === total ? (['lasting'] as const) : []))
}

const many = (count: number) => count.toLocaleString('en')

function summary({ id, state, counts, lines }: Result, faults: readonly Fault[], errorsFile: string, ms: number): string[] {
  const rows = Object.entries(counts).map(([kind, tally]) => {
    const parts = [`${many(tally.new)} new`, `${many(tally.changed)} changed`, `${many(tally.same)} same`]
    if (tally.conflict > 0) parts.push(`${many(tally.conflict)} in conflict`)
    if (tally.failed > 0) parts.push(`${many(tally.failed)} with errors`)
    return `  ${kind.replaceAll('_', ' ').padEnd(16)} ${parts.join(', ')}`
  })
  const shown = faults.slice(0, 5).map(({ line, field, expected }) => `  line ${line}${field ? `, ${field}` : ''}: ${expected}`)
  return [
    ...rows,
    `${state === 'dry run' ? 'Dry run: nothing was changed.' : state === 'done' ? 'Done.' : 'Stopped.'} ${many(lines)} lines in ${(ms / 1000).toFixed(1)} s.`,
    ...(faults.length > 0
      ? [`${many(faults.length)} rows have errors and were left out; all of them are in ${errorsFile}:`, ...shown]
      : []),
    ...(id === null ? [] : [`To take it back: latchkey import --undo ${id}`]),
  ]
}

/** A table that a spreadsheet opens without running anything. */
function faultsTable(faults: readonly Fault[]): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
  const rows = faults.map(({ line, field, expected, conflict }) =>
    [String(line), cell(field), cell(conflict ? 'conflict' : 'error'), cell(expected)].join(','),
  )
  return `line,field,what,expected\n${rows.join('\n')}\n`
}

async function undo(client: Client, to: Terminal, id: string): Promise<number> {
  const { rows } = (await client.imports.undo(id)) as { rows: number }
  to.out(`Import ${id} is undone: ${many(rows)} rows are as they were before.`)
  return 0
}

async function list(client: Client, to: Terminal, how: 'json' | 'text'): Promise<number> {
  const { items } = await client.imports.list()
  if (how === 'json') to.out(JSON.stringify(items))
  else
    for (const run of items)
      to.out(`${run['id']}  ${String(run['startedAt']).slice(0, 16)}  ${String(run['state']).padEnd(7)}  ${run['file'] ?? ''}`)
  return 0
}
