// The text of a definition as it was sent, read to a law.
import { BrokenDefinition } from '../../definition/fault.ts'
import { readDefinition } from '../../definition/read.ts'
import type { Law } from '../../law/law.ts'
import { refuseFaults } from './rules.ts'

/** Refuses `invalid-input` with every fault, named by the field, its line and its key. */
export function readSource(field: string, source: string): Law {
  try {
    return readDefinition(source, field)
  } catch (error) {
    if (error instanceof BrokenDefinition) return refuseFaults(field, error.faults)
    throw error
  }
}
