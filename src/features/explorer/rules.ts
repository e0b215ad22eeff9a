// As what one asks the explorer: a person by the right to explanations about their own customer (or the portal), a key by its right to ask for decisions.
import type { Actor } from '../../law/actors.ts'
import type { On } from '../../law/facts.ts'
import { type Action, askAction } from '../../law/law.ts'

export function askingOf(actor: Actor): { readonly action: Action; readonly on: On } {
  if (actor.kind !== 'person') return { action: askAction, on: { kind: 'portal' } }
  return { action: 'explanation:ask', on: actor.side === 'customer' ? { kind: 'customer', id: actor.organizationId } : { kind: 'portal' } }
}
