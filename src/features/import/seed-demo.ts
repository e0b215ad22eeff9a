// The demo world: three customers of a vendor, their partners, and what happened between them.
import type { House } from '../../context/house.ts'
import { seedWorld } from './seed-world.ts'

/** Brings the demo world into an empty database; undefined where a vendor is here already. */
export const seedDemo = (house: House) => seedWorld(house, { name: 'demo world', file: new URL('./demo-world.ndjson', import.meta.url) })
