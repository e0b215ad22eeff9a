// Portal definitions: the one in force, what another would change, and putting one in force. For the operator.
import type { Call } from './call.ts'

export interface DefinitionInForce {
  portal: string
  version: number
  source: string
  appliedAt: string
  /** Null: the server at its start. */
  appliedBy: string | null
}

/** Some records, customers or whatever is counted: how many, and examples by number or name. */
export interface Things {
  many: number
  examples: string[]
}

export interface DefinitionChange {
  action: string
  words: string
  on: 'record' | 'customer' | 'organization' | 'portal'
}

/** People who stand alike, and what each of them gains and loses. */
export interface ChangedPeople {
  people: number
  names: string[]
  organization: string
  side: string
  roles: string[]
  changes: (DefinitionChange & { gained: Things; lost: Things })[]
}

export interface DefinitionDifference {
  portal: string
  /** The version in force: what to hand to `replaces`. */
  version: number
  at: string
  people: number
  gaining: number
  losing: number
  totals: (DefinitionChange & { gaining: number; losing: number })[]
  classes: ChangedPeople[]
  left: { classes: number; people: number }
  gone: { what: string; word: string; many: number; examples: string[]; sentence: string }[]
  otherwise: string[]
}

/** A definition's text, or the one in force. */
export type WhichDefinition = 'current' | { source: string }

export function definitionCalls(call: Call) {
  return {
    current: () => call.get<DefinitionInForce>('/api/v1/portal-definitions/current'),
    difference: (comparison: { old: WhichDefinition; new: WhichDefinition; most?: number }) =>
      call.send<DefinitionDifference>('POST', '/api/v1/portal-definitions/difference', comparison),
    apply: (definition: { source: string; replaces?: number }) =>
      call.send<{ portal: string; version: number; isNew: boolean }>('POST', '/api/v1/portal-definitions', definition),
  }
}
