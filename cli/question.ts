// The question that check and explain ask: may this person do this to that?
import { parseArgs } from 'node:util'
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
