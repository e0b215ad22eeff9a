// The demo world of each portal: customers of a vendor, their partners, and what happened between them.
import type { House } from '../../context/house.ts'
import { seedWorld } from './seed-world.ts'

/** Brings the demo world of the portal in force into an empty database; undefined where a vendor is here already. Refuses where the portal has none. */
export const seedDemo = (house: House) =>
  seedWorld(house, { name: 'demo world', file: new URL(`./demo-worlds/${house.law.portal}.ndjson`, import.meta.url) })
