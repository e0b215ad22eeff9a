// Enabling and disabling a partner's roles: which change, and whom the customer wants to be told.
import { type EmailAddress, parseEmailAddress } from '../../kernel/email-address.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { AllowanceLaw, Law } from '../../law/law.ts'
import { type Grant, grantNumber } from './rules.ts'

/** More than anybody types, and few enough that the form is no way to write to strangers. */
const mostAddresses = 20

/**
 * The addresses of "Notify of changes", separated by commas, each once (MI-020). Refuses (field `notify`) line breaks, what is no address, and more than 20.
 *
 * @param needed somebody gets access by this, so that at least one address must be there (MI-021)
 */
export function addressesNamed(text: string, needed: boolean): EmailAddress[] {
  // A line break has no place in an address, and would have one in a letter's head.
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) refuseField('notify', 'Write the addresses on one line, separated by commas.')
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const addresses = new Set(
    parts.map(
      (part) =>
        parseEmailAddress(part) ?? refuseField('notify', `“${part.slice(0, 80)}” is no e-mail address. Write it like ana@example.com.`),
    ),
  )
  if (addresses.size > mostAddresses) refuseField('notify', `At most ${mostAddresses} addresses can be told at once.`)
  if (needed && addresses.size === 0) refuseField('notify', 'Write at least one e-mail address, so that the partner learns of its access.')
  return [...addresses]
}

/** As many as five partners with twenty addresses each. */
const hourlyAddresses = 100

/** Refuses (429) to write to more addresses than somebody in earnest tells in an hour: whose they are, nobody knows. */
export function refuseTooManyTold(told: number, more: number): void {
  if (more > 0 && told + more > hourlyAddresses)
    refuse('too-many', `At most ${hourlyAddresses} addresses are told in one hour. Nothing was changed. Name fewer, or wait a while.`)
}

/** The roles that there are by these codes, in the order of the definition; refuses the rest (MI-005), and portals that give no roles to groups. */
export function rolesNamed(law: Law, codes: readonly string[]): AllowanceLaw[] {
  if (law.shape !== 'roles' || !law.grantees.includes('group'))
    refuse('not-allowed', 'This portal gives no roles to groups of a partner. Nothing was changed.')
  for (const code of codes)
    if (!law.rights.some((role) => role.code === code))
      refuseField('roles', `There is no such role to give. There are: ${law.rights.map((role) => role.code).join(', ')}.`)
  return law.rights.filter(({ code }) => codes.includes(code))
}

export interface RoleChanges {
  readonly enable: readonly AllowanceLaw[]
  readonly disable: readonly Grant[]
}

/** What differs between the roles that groups have and those that are to be held (MI-024, MI-027, MI-028). */
export function roleChanges(held: readonly Grant[], wanted: readonly AllowanceLaw[]): RoleChanges {
  const isWanted = (code: string) => wanted.some((role) => role.code === code)
  const mixed = held.find(({ rights }) => rights.some(isWanted) && !rights.every(isWanted))
  if (mixed)
    refuse('overlaps', `One group has several roles by ${grantNumber(mixed.number)}. Nothing was changed. Change that access itself.`)
  return {
    enable: wanted.filter(({ code }) => !held.some(({ rights }) => rights.includes(code))),
    disable: held.filter(({ rights }) => !rights.some(isWanted)),
  }
}
