// The fixture of the AuthZEN 1.0 certification scenario: two users and two records, for the portal definition `certification`.
import type { House } from '../../context/house.ts'
import { seedWorld } from './seed-world.ts'

/** Brings the fixture into an empty database; undefined where a vendor is here already. Refuses where another portal is in force. */
export function seedCertification(house: House) {
  if (house.law.portal !== 'certification')
    throw new Error(`The certification fixture is for another portal than ${house.law.portal}: set LATCHKEY_PORTAL=certification.`)
  return seedWorld(house, { name: 'certification fixture', file: new URL('./certification-world.ndjson', import.meta.url) })
}
