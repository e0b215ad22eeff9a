// The question that check and explain ask: may this person do this to that?
import { parseArgs } from 'node:util'
import type { Portal } from '../client/portal.ts'
import { didYouMean } from './did-you-mean.ts'
import { Mistyped } from './terminal.ts'

export interface AskedQuestion {
  readonly user: string
  readonly action: string
  readonly kind: string
  readonly id: string
  readonly at: string | undefined
  readonly json: boolean
}

export function readQuestion(words: string[]): AskedQuestion {
  const { values } = parseArgs({
    args: words,
    options: {
      user: { type: 'string' },
      can: { type: 'string' },
      on: { type: 'string' },
      at: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  if (!values.user) throw new Mistyped('Say who: --user ID, as the import has it.')
  if (!values.can) throw new Mistyped('Say what they would do: --can reply.')
  const slash = values.on?.indexOf('/') ?? -1
  if (!values.on || slash < 1 || slash === values.on.length - 1)
    throw new Mistyped('Say on what, as KIND/ID: --on service_request/SR-10482.')
  return {
    user: values.user,
    action: values.can,
    kind: values.on.slice(0, slash),
    id: values.on.slice(slash + 1),
    at: values.at,
    json: values.json === true,
  }
}

/** Refuses a kind that the portal does not have, and an action that its kind does not know: their answer would be a no that says nothing. */
export function refuseUnknown({ records }: Pick<Portal, 'records'>, { kind, action }: AskedQuestion): void {
  if (kind === 'customer') return
  const known = records[kind]
  if (!known) {
    const kinds = [...Object.keys(records), 'customer']
    throw new Mistyped(`There is no kind "${kind}" in this portal.${didYouMean(kind, kinds)} There are: ${kinds.join(', ')}.`)
  }
  const [of, verb] = action.includes(':') ? action.split(':') : [kind, action]
  const actions = Object.keys(known.actions)
  if (of === kind && verb !== undefined && !actions.includes(verb))
    throw new Mistyped(`There is no action "${verb}" on ${kind}.${didYouMean(verb, actions)} There are: ${actions.join(', ')}.`)
}
