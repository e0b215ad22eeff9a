// What can they see? The read rule of a kind, as an expression that memory, SQL and the row policies read alike.
import type { Visibility } from '../rows/visibility.ts'
import type { Actor } from './actors.ts'
import type { Action, Law } from './law.ts'

/** The rows of a kind on which the actor may do the action. Keys and nobody see none: they ask questions, they read no pages. */
export function visible(law: Law, actor: Actor, action: Action): Visibility {
  const rule = law.rules.get(action)
  return actor.kind === 'person' && rule ? { is: 'where', expression: rule } : { is: 'none' }
}
