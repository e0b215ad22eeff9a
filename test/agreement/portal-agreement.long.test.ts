// New random worlds of all five portals at each run, ten thousand of each. In ten parts, so that one sees how far a run is, and what broke off still counts.
import { agreementOfPortals } from './portal-suite.ts'

const seed = Math.floor(Math.random() * 2 ** 31)
for (let part = 0; part < 10; part++) agreementOfPortals({ seed: seed + part, embedded: 100, postgresql: 900, oneOf: 24 })
