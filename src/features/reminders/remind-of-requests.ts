// Reminds whoever may answer a request for access before it lapses. Nothing depends on it: a request lapses by its date, reminded or not.
import type { Context, WriteTx } from '../../context/context.ts'
import { dayInWords, localDateOf } from '../../kernel/instant.ts'
import { lapsesOn } from '../access-requests/rules.ts'
import { answerers, factsOf, requestAt, requestInHistory } from '../access-requests/steps.ts'
import { headCounts, organizationAt } from '../organizations/steps.ts'
import { lapsesSoonLetter } from './letters.ts'
import { portal, remindTask } from './remind-of-ends.ts'
import { type Due, dueReminder } from './rules.ts'
import { lapsingRequests, noteReminded } from './store.ts'

const mostAtOnce = 100

/** The server's own work, to be run now and then; answers of how many requests it reminded (BX-18). The asker is told nothing by it. */
export async function remindOfRequests(ctx: Context): Promise<number> {
  const due = await ctx.reading(remindTask, portal, async (tx) =>
    (await lapsingRequests(tx)).filter((one) => dueReminder('access_request', one, tx.now) !== null).map(({ id }) => id),
  )
  let reminded = 0
  for (let at = 0; at < due.length; at += mostAtOnce) {
    const batch = due.slice(at, at + mostAtOnce)
    reminded += await ctx.writing(remindTask, portal, (tx) => remindAll(tx, batch))
  }
  return reminded
}

async function remindAll(tx: WriteTx, ids: readonly string[]): Promise<number> {
  let reminded = 0
  for (const lapsing of await lapsingRequests(tx, ids)) {
    const due = dueReminder('access_request', lapsing, tx.now)
    if (due === null || !(await noteReminded(tx, 'access_request', lapsing.id, due.days))) continue
    await remind(tx, lapsing.id, due)
    reminded++
  }
  tx.record({ what: 'reminders.written', detail: { requests: reminded } })
  return reminded
}

async function remind(tx: WriteTx, id: string, due: Due): Promise<void> {
  const request = await requestAt(tx, id)
  const { customerId, partner } = request
  // One whose every part a newer request took over waits before nobody.
  if (customerId === null || request.items.every(({ waits }) => !waits)) return
  const customer = await organizationAt(tx, customerId)
  const facts = factsOf(tx, request, (await headCounts(tx, [partner.id])).get(partner.id) ?? 0)
  const content = lapsesSoonLetter({
    partner: facts.partner,
    asker: facts.asker,
    customer: customer.name,
    left: due.left,
    lapsesOn: dayInWords(lapsesOn(request)),
    askedOn: dayInWords(localDateOf(request.askedAt, customer.timeZone)),
    parts: facts.parts.map(({ who, level }) => [who, level]),
    until: facts.until,
    reason: request.reason,
    link: facts.link,
  })
  const on = { kind: 'access_request', id: request.id } as const
  const about = { customerId, partnerId: partner.id, thread: `access_request/${request.id}`, notice: 'asked' }
  const onlyIf = { action: 'access_request:answer', on, while: 'waiting' } as const
  tx.post({ letter: 'access-request-lapses-soon', to: answerers(tx, customerId), ...content, ...about, onlyIf })
  // The customer's line alone: the partner is not told before an answer whom its request reached.
  tx.record({ what: 'access_request.reminded', customerId, on, detail: requestInHistory(tx, request) })
}
