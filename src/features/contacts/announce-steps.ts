// Telling people and organizations what changed about an entry, inside an open door.
import type { WriteTx } from '../../context/context.ts'
import type { Letter } from '../../context/post.ts'
import type { EmailAddress } from '../../kernel/email-address.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { rolesThatMay } from '../grants/rules.ts'
import { nameOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { dutiesOf } from './duty-rules.ts'
import { joinedPartnerLetter, standsInLetter } from './letters.ts'
import type { Held, Member, Place } from './rules.ts'
import { customersOfEveryone } from './store.ts'

export const aboutOf = (tx: WriteTx, place: Place) => ({ organization: place.name, by: nameOf(tx.actor), portal: tx.settings.publicUrl })

/** The roles as people read them. */
export const rolesInWords = ({ roles, siteRoles }: Held): string =>
  [...roles, ...new Set(siteRoles.map(({ role }) => `${role} (at sites)`))].map((role) => role.replaceAll('_', ' ')).join(', ') || 'none'

/** Of letters about one's own entry: whether one may still be here at all. */
export const stillThere = { action: 'self:manage', on: { kind: 'self' } } as const

/** To an address, whoever has it. */
export function postToAddress(tx: WriteTx, letter: string, email: string, content: Pick<Letter, 'subject' | 'text' | 'html'>): void {
  tx.post({ letter, to: { address: email as EmailAddress }, ...content })
}

/** Whoever newly has the duties of a role that nobody has any more is told (MI-037). */
export function tellStandIns(tx: WriteTx, place: Place, before: readonly Member[], after: readonly Member[]): void {
  if (place.side !== 'customer') return
  const was = new Map(dutiesOf(tx.law, before).map((duty) => [duty.role, duty.by]))
  for (const { role, by, people } of dutiesOf(tx.law, after)) {
    if (was.get(role) !== role || by === null || by === role) continue
    const content = standsInLetter(aboutOf(tx, place), role.replaceAll('_', ' '), by.replaceAll('_', ' '))
    tx.post(
      ...people.map(({ personId }) => ({
        letter: 'duties-fall-to-you',
        to: { person: personId as PersonId },
        ...content,
        customerId: place.id,
        onlyIf: stillThere,
      })),
    )
  }
}

/** Each customer at whom everyone at the partner has access is told that one more has it (O-A17). */
export async function tellCustomersOfJoining(tx: WriteTx, place: Place, person: string): Promise<void> {
  if (place.side !== 'partner') return
  for (const id of await customersOfEveryone(tx, place.id)) {
    const customer = await organizationAt(tx, id)
    const content = joinedPartnerLetter(aboutOf(tx, place), person, customer.name)
    const to = { everyoneIn: customer.id, roles: rolesThatMay(tx.law, 'customer', 'access:give') }
    const onlyIf = { action: 'access:give', on: { kind: 'customer', id: customer.id } } as const
    tx.post({ letter: 'partner-person-added', to, ...content, customerId: customer.id, partnerId: place.id, onlyIf })
    tx.record({ what: 'person.joined', customerId: customer.id, partnerId: place.id, detail: { person, partner: place.name } })
  }
}
