// What `latchkey grants` and `latchkey requests` have in common: whose, in which state, and in which form.
import { parseArgs } from 'node:util'
import { Mistyped } from './terminal.ts'

export interface ListFilter {
  readonly json: boolean
  readonly query: { customer?: string; partner?: string; state?: string }
}

/** @throws Mistyped for a state that there is not; what `parseArgs` throws for an option that there is not. */
export function listFilter(words: string[], states: readonly string[]): ListFilter {
  const { values } = parseArgs({
    args: words,
    options: { customer: { type: 'string' }, partner: { type: 'string' }, state: { type: 'string' }, json: { type: 'boolean' } },
  })
  const { json = false, ...query } = values
  if (query.state !== undefined && !states.includes(query.state))
    throw new Mistyped(`There is no state "${query.state}": ${states.join(', ')}.`)
  return { json, query }
}
