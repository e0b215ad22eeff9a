// The signed-in person, as they see themselves; or the one through whose eyes they look (BX-01).
import type { Context } from '../../context/context.ts'
import { lookOf } from '../../context/look.ts'
import { asThemselves } from '../../context/themselves.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeAbilities } from '../../law/abilities.ts'
import type { PersonActor } from '../../law/actors.ts'
import { abilitiesInLook, lookShown } from '../looks/rules.ts'
import type { Me } from './rules.ts'
import { actingPerson, findCurrentPerson, meOf } from './steps.ts'

export async function readMe(ctx: Context): Promise<Me> {
  const own = await ownMe(ctx.actor.kind === 'person' && ctx.actor.look ? asThemselves(ctx) : ctx)
  const look = lookOf(ctx.actor)
  return look ? lookedAs(ctx, own, ctx.actor as PersonActor) : own
}

function ownMe(ctx: Context): Promise<Me> {
  return ctx.reading('self:manage', { kind: 'self' }, async (tx) => {
    const person = await findCurrentPerson(tx, { id: actingPerson(tx).personId })
    return person ? meOf(tx, person) : refuse('not-signed-in', 'You are not with an organization of this portal any more.')
  })
}

/** Who is looked as, in the time zone and language of whoever looks; of what the roles allow, only what a look shows. */
function lookedAs({ house: { law } }: Context, { person, organization, ...own }: Me, actor: PersonActor): Me {
  const { personId: id, name, organizationId, organizationName, side, roles, look } = actor
  return {
    ...own,
    person: { ...person, id, name, email: '', timeZone: person.timeZone ?? organization.timeZone },
    organization: { id: organizationId, name: organizationName, side, timeZone: organization.timeZone },
    roles: [...roles],
    abilities: abilitiesInLook(homeAbilities(law, roles)),
    looking: look ? lookShown(law, actor, look) : null,
  }
}
