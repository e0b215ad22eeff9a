// A stage for tests about access: a customer and a partner who do not know each other yet, with the people that every story needs.
import { isRefusal, type Refusal } from '../src/kernel/refusal.ts'
import type { TestOrganization, TestPerson, World } from './world.ts'

export interface AccessStage {
  readonly acme: TestOrganization
  readonly larkfield: TestOrganization
  /** Contact manager, primary contact and plain contact of the customer. */
  readonly dana: TestPerson
  readonly tom: TestPerson
  readonly contact: TestPerson
  /** Two consultants and an administrator of the partner. */
  readonly priya: TestPerson
  readonly omar: TestPerson
  readonly admin: TestPerson
}

export async function accessStage(
  world: Pick<World, 'customer' | 'partner' | 'person'>,
  names: { customer?: string; partner?: string } = {},
): Promise<AccessStage> {
  const acme = await world.customer(names.customer ?? 'Acme Robotics')
  const larkfield = await world.partner(names.partner ?? 'Larkfield')
  return {
    acme,
    larkfield,
    dana: await world.person(acme, 'Dana Lee', ['contact_manager']),
    tom: await world.person(acme, 'Tom Lindqvist', ['primary_contact']),
    contact: await world.person(acme, 'Carl Contact', ['contact']),
    priya: await world.person(larkfield, 'Priya Raman', ['consultant']),
    omar: await world.person(larkfield, 'Omar Nasser', ['consultant']),
    admin: await world.person(larkfield, 'Ada Boss', ['partner_administrator']),
  }
}

/** The refusal that the work ends with; anything else fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  )
  if (!isRefusal(error)) throw error
  return error
}
