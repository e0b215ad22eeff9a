// Random worlds of all five portals: every way of asking gives the answer of the naive reading, and something is visible.
import { agreementOfPortals } from './portal-suite.ts'

// The same 300 worlds each time, shared between the databases: new ones are for the long run, or they would fail on somebody else's change.
const portals = ['support-desk', 'standard', 'telephony-account', 'managed-services', 'field-service'] as const
agreementOfPortals({ portals, seed: 20_161, embedded: 200, postgresql: 100, oneOf: 12 })
