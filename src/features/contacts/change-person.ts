// Changes what somebody has in an organization, and whether their word counts for it.
import type { Context } from '../../context/context.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { aboutOf, rolesInWords, stillThere, tellStandIns } from './announce-steps.ts'
import { changingOne, type One } from './change-one.ts'
import { changeEntry } from './entry-store.ts'
import { rolesChangedLetter } from './letters.ts'
import { isSame, refuseUngiven, refuseUnknown, refuseUnlessValidates, refuseWithoutAdministrator, type SiteRole, tidied } from './rules.ts'
import { currentMembers, powersAt, recordOf, refuseGone, siteRolesChosen, viewOfOne } from './steps.ts'
import { beginMembership, endMembership, markValidated } from './store.ts'
import type { ContactView } from './view-rules.ts'

export interface ChangeInput extends One {
  readonly roles: readonly string[]
  readonly siteRoles?: readonly SiteRole[] | undefined
}

/** OR-102. What they had until now is ended and what they have from now on begins, so that the past stays answerable. The last administrator stays one. */
export function changePerson(ctx: Context, input: ChangeInput): Promise<ContactView> {
  return changingOne(ctx, input, async (tx, place, contact) => {
    refuseGone(contact)
    const held = tidied({ roles: input.roles, siteRoles: await siteRolesChosen(tx, place, input.siteRoles ?? contact.siteRoles) })
    refuseUnknown(tx.law, place.side, held)
    if (isSame(held, contact)) refuseField('roles', 'Nothing would change: these are the roles there already.')
    refuseUngiven(tx.law, await powersAt(tx, place), contact, held)
    const before = await currentMembers(tx, place.id)
    if (contact.member === null) await changeEntry(tx, contact.id, held)
    else {
      if (!(await endMembership(tx, contact.member.membershipId)))
        refuse('stale', 'Somebody else changed this entry at the same moment. Nothing was changed. Look again.')
      await beginMembership(tx, contact.member.personId, place.id, held, contact.member.switches)
    }
    const after = await currentMembers(tx, place.id)
    refuseWithoutAdministrator(tx.law, before, after)
    const [was, is] = [rolesInWords(contact), rolesInWords(held)]
    recordOf(tx, place, 'person.roles_changed', contact, { before: was, roles: is })
    tellStandIns(tx, place, before, after)
    if (contact.member !== null)
      tx.post({
        letter: 'people-roles-changed',
        to: { person: contact.member.personId },
        ...rolesChangedLetter(aboutOf(tx, place), was, is),
        onlyIf: stillThere,
      })
    return viewOfOne(tx, place, contact.id)
  })
}

/**
 * CD-051. A mark for the vendor's support: the word of a validated contact counts for the account. Marking what is marked changes nothing. Only the
 * organization's own administrators and who runs the portal mark: whoever was given access manages people, and vouches for nobody.
 */
export function validatePerson(ctx: Context, input: One & { readonly validated: boolean }): Promise<ContactView> {
  return changingOne(ctx, input, async (tx, place, contact) => {
    refuseUnlessValidates(await powersAt(tx, place))
    refuseGone(contact)
    await markValidated(tx, place.id, contact.id, input.validated)
    recordOf(tx, place, input.validated ? 'person.validated' : 'person.not_validated', contact, {})
    return viewOfOne(tx, place, contact.id)
  })
}
