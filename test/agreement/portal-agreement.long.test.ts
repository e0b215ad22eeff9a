// New random worlds of all five portals at each run, many of them.
import { agreementOfPortals } from './portal-suite.ts'

agreementOfPortals({ seed: Math.floor(Math.random() * 2 ** 31), embedded: 1000, postgresql: 9000, oneOf: 24 })
