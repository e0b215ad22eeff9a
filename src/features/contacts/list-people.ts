// The people of an organization: its own, a customer's that lets one manage or see its people, and any for who runs the portal.
import type { Context, ReadTx } from '../../context/context.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { placeOf, questionAbout } from './door-rules.ts'
import { dutiesOf } from './duty-rules.ts'
import { administers, nothingHeld, type Place, type Powers, refuseUngiven } from './rules.ts'
import { contactsAt, placeAt, powersAt, viewsOf } from './steps.ts'
import { sitesOf } from './store.ts'
import type { Contact, ContactView } from './view-rules.ts'

export interface PeopleList {
  readonly organization: Place
  readonly items: readonly ContactView[]
  /** Roles that nobody has, and who has their duties meanwhile (MI-037). */
  readonly standIns: readonly { readonly role: string; readonly by: string | null; readonly people: readonly string[] }[]
  /** The roles that the actor may give here. */
  readonly roles: readonly { readonly role: string; readonly administrator: boolean; readonly atSites: boolean }[]
  readonly sites: readonly { readonly siteNo: number; readonly name: string }[]
  /** Of one's own firm: the customers whose people one may see, and change where they let one. */
  readonly customers: readonly { readonly id: string; readonly name: string }[]
  readonly abilities: { readonly add: boolean; readonly manage: boolean; readonly makeAdministrator: boolean }
}

export interface ListInput {
  readonly organizationId: string
  /** Those who were there, too. */
  readonly all?: boolean | undefined
  /** Only who has a role at this site: what a manager of one site may see. */
  readonly siteNo?: number | undefined
}

/** By name; there is no limit on how many an organization has (OR-103). */
export function listPeople(ctx: Context, { organizationId, all = false, siteNo }: ListInput): Promise<PeopleList> {
  const { action, on } = questionAbout(ctx.house.law, ctx.actor, organizationId, 'people:read', siteNo)
  return ctx.reading(action, on, async (tx) => {
    const place = await placeAt(tx, organizationId)
    const contacts = await contactsAt(tx, place)
    const shown = contacts.filter(
      (one) => (all || one.state !== 'disabled') && (siteNo === undefined || one.siteRoles.some((held) => held.siteNo === siteNo)),
    )
    const powers = await powersAt(tx, place)
    const add = powers.manage || (await tx.can('people:add', placeOf(tx.actor, place.id, siteNo))).allowed
    const sites = place.side === 'customer' ? [...(await sitesOf(tx, place.id))] : []
    return {
      organization: { id: place.id, name: place.name, side: place.side },
      items: await viewsOf(tx, place, shown),
      standIns: siteNo === undefined ? standInsOf(tx, place, contacts) : [],
      roles: add ? rolesToGive(tx, place, powers) : [],
      sites: sites.map(([number, name]) => ({ siteNo: number, name })).filter((site) => siteNo === undefined || site.siteNo === siteNo),
      customers: await customersMet(tx, place),
      abilities: { add, manage: powers.manage, makeAdministrator: powers.makeAdministrator },
    }
  })
}

/** More are found from their accesses; a list of links longer than this helps nobody. */
const mostCustomers = 200

async function customersMet(tx: ReadTx, { id, side }: Place): Promise<PeopleList['customers']> {
  const { actor } = tx
  if (actor.kind !== 'person' || side === 'customer' || actor.organizationId !== id) return []
  const { items } = await tx.whichThings({ personId: actor.personId }, 'people:read', null, {
    limit: mostCustomers,
    after: null,
    keep: () => true,
  })
  const found = items.flatMap(({ facts }) => facts.thing?.customer ?? [])
  return found.map((customer) => ({ id: customer.id, name: customer.name })).sort((a, b) => a.name.localeCompare(b.name))
}

function standInsOf({ law }: ReadTx, { side }: Place, contacts: readonly Contact[]): PeopleList['standIns'] {
  if (side !== 'customer') return []
  const here = contacts.filter(({ member, state }) => member !== null && state !== 'disabled')
  return dutiesOf(law, here)
    .filter(({ role, by }) => by !== role)
    .map(({ role, by, people }) => ({ role, by, people: people.map(({ name }) => name) }))
}

/** Those that adding somebody with the role would not be refused for. */
function rolesToGive({ law }: ReadTx, { side }: Place, powers: Powers): PeopleList['roles'] {
  const may = (role: string) => {
    try {
      refuseUngiven(law, powers, nothingHeld, { roles: [role], siteRoles: [] })
      return true
    } catch (error) {
      if (isRefusal(error)) return false
      throw error
    }
  }
  return [...law.homeRoles.values()]
    .filter((one) => one.side === side && may(one.role))
    .map(({ role, scopes }) => ({ role, administrator: administers(law, role), atSites: scopes.includes('sites') }))
}
