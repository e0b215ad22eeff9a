// The rules of putting a definition in force: it can be read, and somebody can still run the portal by it.
import { refuse } from '../../kernel/refusal.ts'
import type { Law } from '../../law/law.ts'

/** One fault of a definition: where, and what was expected. */
interface Fault {
  readonly line: number
  readonly key: string
  readonly sentence: string
}

/** Most faults that an answer names; how many there are is said. */
const mostFaults = 50

/** Refuses a text that is no definition, with every fault as `<field>:<line> <key>`. */
export function refuseFaults(field: string, faults: readonly Fault[]): never {
  const fields = faults.slice(0, mostFaults).map(({ line, key, sentence }) => ({ field: `${field}:${line} ${key}`.trim(), sentence }))
  const many = faults.length === 1 ? 'one fault' : `${faults.length} faults`
  return refuse('invalid-input', `The portal definition has ${many}. Nothing was changed.`, { field, fields })
}

/** A definition by which nobody of the vendor runs the portal could not be replaced by another one. */
export function checkSomebodyRuns(law: Law): void {
  const operators = [...law.homeRoles.values()].filter(({ side, may }) => side === 'vendor' && may.get('portal:operate')?.is === 'always')
  if (operators.length > 0) return
  const sentence =
    'By this definition nobody of the vendor may do "portal: [operate]", so that it could never be replaced. Nothing was changed.'
  refuse('invalid-input', sentence, { field: 'source', fields: [{ field: 'source home.vendor', sentence }] })
}

/** Why this server cannot put a definition in force, and what does it instead. */
export const cannotApply = [
  'Only the owner of the tables can replace row policies, and this server knows no address of the owner.',
  'Run LATCHKEY_PORTAL=FILE latchkey migrate --apply where LATCHKEY_MIGRATION_URL is set: every server answers by it from its next answer on, without a restart.',
]
