// Whether an action is one that can be done to a thing at all. What does not fit is a no before any rule is read: a rule says on which rows of its own
// kind it holds, and nothing about other kinds.
import type { On } from './facts.ts'
import type { Action, Law } from './law.ts'

/** What is done to the portal or by oneself, and never to a customer or a partner. */
const ofThePortal = ['self', 'decision', 'portal', 'page', 'letters', 'notices', 'system']

export function fits(law: Law, action: Action, on: On): boolean {
  const colon = action.indexOf(':')
  const [of, verb] = [action.slice(0, colon), action.slice(colon + 1)]
  switch (on.kind) {
    case 'self':
      return true
    case 'record':
      return of === on.recordKind || (of === 'page' && law.pages.get(verb)?.shows === on.recordKind)
    case 'portal':
      return !law.kinds.has(of) && of !== 'page'
    case 'customer':
      // Opening one, being named on one: asked before the record is there. Reading is asked of the record.
      return law.kinds.has(of) ? verb !== 'read' : !ofThePortal.includes(of)
    case 'partner':
      return !law.kinds.has(of) && !ofThePortal.includes(of)
    case 'access_request':
      return of === 'access_request'
    case 'grant':
      return of === 'access'
  }
}
