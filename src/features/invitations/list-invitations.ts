// The invitations of one's own organization: those that a customer sent, those that a partner got; and what a partner needs to be invited.
import type { Context, ReadTx } from '../../context/context.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type Link, openLinks } from './links-store.ts'
import { showPartnerCode } from './rules.ts'
import { invitationAt, viewOfOne, viewsOf } from './steps.ts'
import { codeOf, invitationsWhere } from './store.ts'
import type { InvitationView } from './view-rules.ts'

export interface Invitations {
  readonly items: readonly InvitationView[]
  /** Of a partner: the ID by which customers invite it. */
  readonly partnerId: string | null
  /** Of a partner, for whoever may make links: those that still count. */
  readonly links: readonly Link[]
}

/** Newest first (MI-030, MI-031: name and status). */
export function listInvitations(ctx: Context): Promise<Invitations> {
  const home = homeOf(ctx.actor)
  return ctx.reading('invitation:read', ownSide(ctx), async (tx) => {
    const items = await viewsOf(tx, await invitationsWhere(tx, { of: home }))
    const isPartner = ctx.actor.kind === 'person' && ctx.actor.side === 'partner'
    if (!isPartner) return { items, partnerId: null, links: [] }
    return { items, partnerId: showPartnerCode(await codeOf(tx, home)), links: (await mayOffer(tx, home)) ? await openLinks(tx, home) : [] }
  })
}

export function readInvitation(ctx: Context, input: { invitationId: string }): Promise<InvitationView> {
  return ctx.reading('invitation:read', ownSide(ctx), async (tx) => viewOfOne(tx, (await invitationAt(tx, input.invitationId)).id))
}

const mayOffer = async (tx: ReadTx, home: string) => (await tx.can('invitation:offer', { kind: 'partner', id: home })).allowed

const ownSide = ({ actor }: Context) =>
  ({ kind: actor.kind === 'person' && actor.side === 'customer' ? 'customer' : 'partner', id: homeOf(actor) }) as const
