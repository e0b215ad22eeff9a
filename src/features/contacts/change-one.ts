// How something about one of an organization's people is changed: the question, the place, the person, and who may not be changed by whom.
import type { Context, WriteTx } from '../../context/context.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { questionAbout } from './door-rules.ts'
import { refuseTooMany } from './limit-steps.ts'
import { type Place, refuseOwn } from './rules.ts'
import { contactAt, placeAt } from './steps.ts'
import type { Contact } from './view-rules.ts'

/** One of an organization's people, by the id that the organization's list gives. */
export interface One {
  readonly organizationId: string
  readonly contactId: string
}

/** Does the work for who may manage these people, within what one may do in an hour, and never on oneself. */
export function changingOne<T>(ctx: Context, one: One, work: (tx: WriteTx, place: Place, contact: Contact) => Promise<T>): Promise<T> {
  const { action, on, concerns } = questionAbout(ctx.house.law, ctx.actor, one.organizationId, 'people:manage')
  const change = async (tx: WriteTx): Promise<T> => {
    const place = await placeAt(tx, one.organizationId)
    await refuseTooMany(tx, place)
    const contact = await contactAt(tx, place, one.contactId)
    refuseOwn(contact.id, personOf(tx.actor))
    return work(tx, place, contact)
  }
  return ctx.writing(action, on, change, concerns)
}
