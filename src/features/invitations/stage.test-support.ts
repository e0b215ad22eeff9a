// The stage of the tests about invitations: an account with its Decision Maker, and two partners that it does not know yet.
import type { TestOrganization, TestPerson, World } from '../../../test/world.ts'
import { acceptInvitation } from './answer-invitation.ts'
import { type SendInput, sendInvitation } from './send-invitation.ts'

export interface InvitationStage {
  readonly acme: TestOrganization
  readonly larkfield: TestOrganization
  readonly dana: TestPerson
  readonly dora: TestPerson
  readonly phil: TestPerson
  readonly ada: TestPerson
  readonly adam: TestPerson
  readonly priya: TestPerson
  /** The partner's ID. */
  readonly code: string
}

export async function invitationStage(world: World): Promise<InvitationStage> {
  const acme = await world.customer('Acme Robotics')
  const larkfield = await world.partner('Larkfield')
  return {
    acme,
    larkfield,
    dana: await world.person(acme, 'Dana Lee', ['decision_maker']),
    dora: await world.person(acme, 'Dora Diaz', ['decision_maker']),
    phil: await world.person(acme, 'Phil Phone', ['phone_manager']),
    ada: await world.person(larkfield, 'Ada Boss', ['partner_administrator']),
    adam: await world.person(larkfield, 'Adam Boss', ['partner_administrator']),
    priya: await world.person(larkfield, 'Priya Raman', ['partner_user']),
    code: await codeOf(world, larkfield),
  }
}

export async function codeOf(world: World, partner: TestOrganization): Promise<string> {
  const { rows } = await world.stage.owner.query<{ partner_code: string }>('select partner_code from organizations where id = $1', [
    partner.id,
  ])
  return rows[0]?.partner_code ?? ''
}

export const invite = (world: World, by: TestPerson, code: string, more: Partial<SendInput> = {}) =>
  sendInvitation(world.as(by), { partner: { id: code }, roles: ['decision_maker'], understood: true, ...more })

/** Invited and accepted. */
export async function authorized(world: World, { dana, ada, code }: InvitationStage, roles: string[] = ['decision_maker']) {
  const { id } = await invite(world, dana, code, { roles })
  return acceptInvitation(world.as(ada), { invitationId: id })
}

/** What is kept of a customer and a partner: standing grants, standing groups, open relationships, invitations by state. */
export async function kept(world: World, { acme, larkfield }: InvitationStage) {
  const { rows } = await world.stage.owner.query(
    `select (select count(*)::int from grants where customer_id = $1 and partner_id = $2 and ended_at is null) as grants,
       (select count(*)::int from groups where customer_id = $1 and partner_id = $2 and ended_at is null) as groups,
       (select count(*)::int from relationships where customer_id = $1 and partner_id = $2 and until_at is null) as relationships,
       (select array_agg(state order by number) from invitations where customer_id = $1 and partner_id = $2) as states`,
    [acme.id, larkfield.id],
  )
  return rows[0] as { grants: number; groups: number; relationships: number; states: string[] | null }
}

/** The letters that the work wrote. */
export async function lettersWhile(world: World, work: () => Promise<unknown>) {
  const before = Map.groupBy(await world.letters(), (letter) => JSON.stringify(letter))
  await work()
  const after = Map.groupBy(await world.letters(), (letter) => JSON.stringify(letter))
  return [...after].flatMap(([key, letters]) => letters.slice(before.get(key)?.length ?? 0))
}

/** To whom one kind of them went, in order. */
export const told = (letters: { letter: string; to: string }[], name: string) =>
  letters
    .filter(({ letter }) => letter === name)
    .map(({ to }) => to)
    .sort()

export const seesTicket = (world: World, person: TestPerson, ticket: { id: string }) =>
  world
    .as(person)
    .reading('ticket:read', { kind: 'record', recordKind: 'ticket', id: ticket.id }, async () => true)
    .catch(() => false)
