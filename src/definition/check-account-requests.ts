// Whether what can be asked in the account's name agrees with the rest: it is opened as something that can be opened, counts as somebody's word, and each is
// either an action or something reserved.
import { type Faults, ownKinds } from './faults-in.ts'
import type { PortalDefinition } from './schema.ts'

export function checkAccountRequests({ account_requests: requests, records, home, access }: PortalDefinition, faults: Faults): void {
  if (!requests) return
  const path = ['account_requests']
  const opened = Object.entries(records).flatMap(([kind, { actions }]) => (Object.hasOwn(actions, 'open') ? [kind] : []))
  faults.known([...path, 'opens'], requests.opens, opened, 'kind that can be opened')
  faults.known([...path, 'counts_as'], requests.counts_as, Object.keys(home.customer), 'role of a customer')
  for (const [code, { action, reserved }] of Object.entries(requests.asks)) {
    const at = [...path, 'asks', code]
    if ((action === undefined) === (reserved === undefined))
      faults.say(at, 'names either an "action", which some may ask for, or something "reserved", which is refused.')
    if (action !== undefined) faults.known([...at, 'action'], action, ownKinds['account'] ?? [], 'action on account')
    if (reserved !== undefined) faults.known([...at, 'reserved'], reserved, access?.reserved ?? [], 'reserved word')
  }
}
