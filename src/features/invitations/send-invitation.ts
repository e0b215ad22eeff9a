// A Decision Maker (whoever may invite) invites a partner: by its partner ID, or by a link that the partner sent. Nothing is given by it until the partner accepts.
import type { Context, WriteTx } from '../../context/context.ts'
import { addPeriod, dayInWords, localDateOf } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { AllowanceLaw } from '../../law/law.ts'
import { wholeCustomer } from '../grants/access-rules.ts'
import { type HeldByGroup, nothingHeld } from '../grants/preview-rules.ts'
import { previewAccess } from '../grants/preview-steps.ts'
import { rolesNamed } from '../grants/role-rules.ts'
import { roleGrants } from '../grants/role-steps.ts'
import { type Term, termUntil } from '../grants/rules.ts'
import { refuseForTwo } from '../grants/two-approver-rules.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt } from '../organizations/steps.ts'
import { worksAsOfRecord, worksWith } from '../relationships/steps.ts'
import { invitedLetter } from './letters.ts'
import { hashToken } from './link-text.ts'
import { takeLink } from './links-store.ts'
import {
  endsOn,
  type Invitation,
  invitationNumber,
  invitationsOf,
  lapsesAt,
  partnerCodeIn,
  refuseLink,
  refuseTooMany,
  stateOf,
} from './rules.ts'
import { factsOf, invitationAt, recordIt, tellBoth, viewOfOne } from './steps.ts'
import { addInvitation, answer, countInvited, invitationsWhere, partnerWithCode } from './store.ts'
import type { InvitationView } from './view-rules.ts'

export interface SendInput {
  /** The partner's ID, or the token of a link that it made: one of the two. */
  readonly partner: { readonly id: string } | { readonly token: string }
  /** The codes of the roles that it gives; none where the portal gives no roles to groups. */
  readonly roles: readonly string[]
  /** The last day of what it gives; left out: the usual term. */
  readonly endsOn?: string | undefined
  /** That the named partner is meant, and what it will be able to do. Asked for always, because an ID names nobody to a reader. */
  readonly understood?: boolean | undefined
}

/**
 * MI-030, MI-031. An ID that nobody has is refused (field `partnerId`), written down, and counted: after ten in an hour the customer's tries are
 * refused, right ones too. An ID that somebody has tells the name of that partner and nothing else.
 */
export async function sendInvitation(ctx: Context, input: SendInput): Promise<InvitationView> {
  const home = homeOf(ctx.actor)
  const sent = await ctx.writing('invitation:send', { kind: 'customer', id: home }, async (tx) => {
    const by = personOf(tx.actor) ?? refuse('not-allowed', 'Only a person can invite a partner.')
    invitationsOf(tx.law)
    refuseTooMany(await countInvited(tx, home, by))
    const customer = await organizationAt(tx, home)
    const roles = rolesChosen(tx, input.roles)
    const term = termOf(tx, customer, input.endsOn)
    const partnerId = 'token' in input.partner ? await byLink(tx, input.partner.token) : await byId(tx, input.partner.id)
    if (partnerId === null) {
      tx.record({ what: 'invitation.not_sent', customerId: home, detail: { customer: customer.name } })
      return null
    }
    await makeRoom(tx, home, partnerId)
    const lapses = lapsesAt(tx.now, customer.timeZone, term.until, tx.law)
    const id = await addInvitation(tx, {
      customerId: home,
      partnerId,
      gives: roles.map(({ code }) => code),
      until: term.until,
      lapsesAt: lapses,
      by,
    })
    const invitation = await invitationAt(tx, id ?? refuse('stale', 'Somebody else invited this partner at the same moment. Look again.'))
    await refuseNothingNew(tx, invitation)
    await refuseUnlessUnderstood(tx, customer, invitation, roles, input.understood)
    recordIt(tx, 'sent', invitation, { how: 'token' in input.partner ? 'link' : 'id' })
    tellBoth(tx, 'invitation-sent', invitedLetter(factsOf(tx, invitation), nameOf(tx.actor)), invitation)
    return viewOfOne(tx, invitation.id)
  })
  return sent ?? refuseField('partnerId', 'No partner has this ID. Nobody was invited. Ask the partner for its partner ID.')
}

/** The roles to give: at least one where there are any, none where the portal gives none to groups; what takes two people (BX-14) is asked for. */
function rolesChosen({ law }: WriteTx, codes: readonly string[]): AllowanceLaw[] {
  const givesRoles = law.shape === 'roles' && law.grantees.includes('group')
  if (!givesRoles && codes.length === 0) return []
  const roles = rolesNamed(law, codes)
  refuseForTwo(law, { level: null, rights: roles.map(({ code }) => code), scope: wholeCustomer })
  return roles.length > 0 ? roles : refuseField('roles', 'Choose at least one role for the partner.')
}

function termOf({ law, now }: WriteTx, { timeZone }: Organization, endsOn: string | undefined): Term {
  return termUntil(endsOn ?? addPeriod(localDateOf(now, timeZone), law.term.default), timeZone, now, law)
}

async function byLink(tx: WriteTx, token: string): Promise<string> {
  return (await takeLink(tx, hashToken(token))) ?? refuseLink()
}

async function byId(tx: WriteTx, text: string): Promise<string | null> {
  const code = partnerCodeIn(text)
  return code === undefined ? null : partnerWithCode(tx, code)
}

/** What lapsed is written down, so that a new one can wait; what waits still is refused. */
async function makeRoom(tx: WriteTx, customerId: string, partnerId: string): Promise<void> {
  const [last] = (await invitationsWhere(tx, { customerId, partnerId })).filter(({ state }) => state === 'waiting')
  if (!last) return
  if (stateOf(last, tx.now) === 'waiting')
    refuse(
      'overlaps',
      `You invited ${last.partner.name} already (${invitationNumber(last.number)}). Nobody was invited now. It waits for an answer.`,
    )
  await answer(tx, last.id, { state: 'lapsed', by: null, reason: null })
}

/** A partner of record is there already, and so is what the partner has. */
async function refuseNothingNew(tx: WriteTx, { customer, partner, gives }: Invitation): Promise<void> {
  if (await worksAsOfRecord(tx, customer.id, partner.id))
    refuse('overlaps', `${partner.name} is your partner of record. Nobody was invited: say at once which roles it holds.`)
  const held = (await roleGrants(tx, customer.id, partner.id)).flatMap(({ rights }) => rights)
  const hasAll = gives.every((code) => held.includes(code))
  if (hasAll && (await worksWith(tx, customer.id, partner.id)))
    refuse('overlaps', `${partner.name} works with you already, and has this. Nobody was invited.`)
}

/** Names the partner and what it would be able to do, until somebody says that this is meant. */
async function refuseUnlessUnderstood(
  tx: WriteTx,
  customer: Organization,
  invitation: Invitation,
  roles: readonly AllowanceLaw[],
  understood: boolean | undefined,
): Promise<void> {
  if (understood === true) return
  const { partner } = invitation
  const groups = roles.map(({ code, name }): HeldByGroup => {
    return { id: code, name: `${customer.name} ${name}`, members: new Set(), held: [{ level: null, rights: [code], scope: wholeCustomer }] }
  })
  const invited = await organizationAt(tx, partner.id)
  const { warnings } =
    groups.length === 0
      ? { warnings: [] }
      : await previewAccess(tx, { customer, partner: invited, people: [], proposed: { ...nothingHeld, groups } })
  const says = warnings.map(({ title, text }) => `${title}. ${text}`)
  const end = dayInWords(endsOn(invitation))
  const gives = roles.length === 0 ? '' : ` as ${roles.map(({ name }) => name).join(' and ')}, until ${end}`
  const who = `${partner.name}${partner.emailDomain ? ` (${partner.emailDomain})` : ''}`
  refuseField('understood', [`You are about to invite ${who}${gives}. It must accept first.`, ...says].join(' '))
}
