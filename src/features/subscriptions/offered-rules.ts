// Which notices somebody is offered about a customer, and in which ways: the law's answers, asked of the customer.
import { decide } from '../../law/decide.ts'
import type { Facts } from '../../law/facts.ts'
import { standing } from '../../law/grants-in-force.ts'
import type { Action, Law } from '../../law/law.ts'
import { type Notice, noticesOf, type Way, wayOf, waysAmong } from './rules.ts'

export interface OfferedNotice {
  readonly code: string
  readonly name: string
  readonly says: string
  /** Each chooses it for oneself; without a choice nobody gets it. */
  readonly chosen: boolean
  readonly way: Way
  readonly ways: Way[]
}

/** Everything that the facts' person gets or may choose at the facts' customer. Nothing for whoever has nothing to do with it. */
export function offered(law: Law, facts: Facts, choiceOf: (notice: string) => Way | null): OfferedNotice[] {
  return noticesOf(law)
    .filter((notice) => mayGet(law, facts, notice))
    .map((notice) => {
      const { code, name, says, chosen } = notice
      const mayDecline = !notice.own && !decide(law, `notice_kept:${code}`, facts).allowed
      return { code, name, says, chosen, way: wayOf(notice, choiceOf(code), mayDecline), ways: waysAmong(mayDecline) }
    })
}

/** What the customer's own people may do to hear of it; a partner's people hear of their own access. */
const tellsOf: Readonly<Record<string, Action>> = { ends_soon: 'access:give', asked: 'access_request:answer' }

function mayGet(law: Law, facts: Facts, { code, own }: Notice): boolean {
  if (!own) return decide(law, `notice:${code}`, facts).allowed
  const isHome = facts.thing?.owners.some((owner) => owner === facts.subject?.organizationId) === true
  const action = tellsOf[code]
  if (isHome && !facts.subject?.suspended) return action === undefined || decide(law, action, facts).allowed
  return code !== 'asked' && standing(facts).used.length > 0
}
