// Adds somebody to the people of an organization: to sign in, or only written down.
import type { Context, WriteTx } from '../../context/context.ts'
import { type EmailAddress, parseEmailAddress } from '../../kernel/email-address.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { oneLine } from '../conversations/rules.ts'
import { domainVerdict } from '../organizations/rules.ts'
import { theVendor } from '../organizations/steps.ts'
import { namesAnAddress } from '../people/rules.ts'
import { aboutOf, postToAddress, rolesInWords, tellCustomersOfJoining } from './announce-steps.ts'
import { placeOf, questionAbout } from './door-rules.ts'
import { addEntry } from './entry-store.ts'
import { elsewhereLetter, welcomeLetter } from './letters.ts'
import { refuseTooMany, wasToldToday } from './limit-steps.ts'
import { type Held, nothingHeld, type Place, refuseUngiven, refuseUnknown, type SiteRole, tidied } from './rules.ts'
import { contactAt, contactsAt, placeAt, powersAt, recordOf, siteRolesChosen, viewOfOne } from './steps.ts'
import { beginMembership, takeIn } from './store.ts'
import type { ContactView } from './view-rules.ts'

export interface AddInput {
  readonly organizationId: string
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly siteRoles?: readonly SiteRole[] | undefined
  /** False: only written down (CD-050). */
  readonly signsIn?: boolean | undefined
}

/**
 * OR-102, MI-046, CD-050. With roles at sites alone the question is asked at each site, so that a site's manager adds people there. An address that is
 * known elsewhere is answered like any other; whoever has it is told, and stays where they are. Refuses (400) the vendor's own people (OR-106).
 */
export function addPerson(ctx: Context, input: AddInput): Promise<ContactView> {
  const { siteRoles = [] } = input
  const sites = input.roles.length === 0 ? [...new Set(siteRoles.map(({ siteNo }) => siteNo))] : []
  const { action, on, concerns } = questionAbout(ctx.house.law, ctx.actor, input.organizationId, 'people:add', sites[0])
  return ctx.writing(
    action,
    on,
    async (tx) => {
      const place = await placeAt(tx, input.organizationId)
      if (action === 'people:add') await refuseOtherSites(tx, place, sites.slice(1))
      await refuseTooMany(tx, place)
      const email = parseEmailAddress(input.email) ?? refuseField('email', 'Enter an e-mail address such as dana@company.example.')
      const name = oneLine('name', input.name, 200)
      if (namesAnAddress(name)) refuseField('name', 'A name holds no web address.')
      const held = tidied({ roles: input.roles, siteRoles: await siteRolesChosen(tx, place, siteRoles) })
      refuseUnknown(tx.law, place.side, held)
      refuseUngiven(tx.law, await powersAt(tx, place), nothingHeld, held)
      await refuseVendors(tx, place, email)
      const id = await takePlace(tx, place, { email, name, held, signsIn: input.signsIn ?? true })
      return viewOfOne(tx, place, id)
    },
    concerns,
  )
}

async function refuseOtherSites(tx: WriteTx, place: Place, sites: readonly number[]): Promise<void> {
  for (const siteNo of sites)
    if (!(await tx.can('people:add', placeOf(tx.actor, place.id, siteNo))).allowed)
      refuse('not-allowed', 'You add people only at your own sites. Nothing was changed.')
}

/** The vendor's people are never contacts of others: they are given access (OR-106). */
async function refuseVendors(tx: WriteTx, place: Place, email: EmailAddress): Promise<void> {
  if (place.side === 'vendor') return
  const vendor = await theVendor(tx)
  if (domainVerdict(email, vendor.emailDomain) === 'match')
    refuseField('email', `People of ${vendor.name} are never contacts of a ${tx.law.names[place.side]}. Give them access instead.`)
}

interface Newcomer {
  readonly email: EmailAddress
  readonly name: string
  readonly held: Held
  /** Of somebody who comes back: those that were on. */
  readonly switches?: readonly string[] | undefined
  readonly signsIn: boolean
}

/** Writes them down, records it and tells them; answers the id under which the organization knows them. */
export async function takePlace(tx: WriteTx, place: Place, { email, name, held, switches, signsIn }: Newcomer): Promise<string> {
  const standing = (await contactsAt(tx, place)).find((one) => one.email === email && one.state !== 'disabled')
  if (standing) refuseField('email', `${standing.name} is among these people already, with this address.`)
  const personId = signsIn ? await takeIn(tx, place.id, { email, name, language: 'en' }) : null
  if (personId !== null) await beginMembership(tx, personId, place.id, held, switches)
  const id = personId ?? (await addEntry(tx, place.id, { ...held, name, email, askedToSignIn: signsIn }))
  // Whoever was here before keeps the name that they have.
  const called = (await contactAt(tx, place, id)).name
  recordOf(tx, place, 'person.added', { id, name: called }, { email, roles: rolesInWords(held), signsIn })
  if (!signsIn) return id
  const about = aboutOf(tx, place)
  if (!(await wasToldToday(tx, place, 'people-welcome', email)))
    postToAddress(tx, 'people-welcome', email, personId === null ? elsewhereLetter(about) : welcomeLetter(about, email, rolesInWords(held)))
  if (personId !== null) await tellCustomersOfJoining(tx, place, called)
  return id
}
