// The delivery of one running server: a loop that empties the outbox, and the lines about it for health and metrics.
import type { House } from '../../context/house.ts'
import { type Job, runEvery } from '../../platform/jobs/run-every.ts'
import { createMailServer, type MailServer } from '../../platform/mail/smtp.ts'
import { deliverLetters } from './deliver-letters.ts'
import { letterStates } from './rules.ts'
import { outboxCounts } from './store.ts'
import { deliveryContext, deliveryTask, portal } from './system.ts'

export interface Delivery {
  /** Looks for due letters every second and a half, from now on. */
  start(): void
  /** Delivers everything that is due now. For tests, and for a command that ends. */
  settle(): Promise<void>
  /** What is wrong with the delivery, or undefined: a line of /readyz. A mail server that is away is no reason to stop answering requests. */
  trouble(): Promise<string | undefined>
  /** Letters by state, for /metrics. */
  counts(): Promise<Record<string, number>>
  /** Ends the loop after the batch under way. */
  stop(): Promise<void>
}

const everyMs = 1500
/** A letter that has been due for so long means that nobody delivers. */
const overdueMs = 10 * 60_000

/** The delivery of a house. Without an address of a mail server letters are held for the mailbox. */
export function createDelivery(house: House, mail: { readonly smtpUrl: string | undefined; readonly from: string }): Delivery {
  const server: MailServer | undefined = mail.smtpUrl === undefined ? undefined : createMailServer(mail.smtpUrl, mail.from)
  const ctx = deliveryContext({ house, requestRef: 'delivery' })
  const read = () => ctx.reading(deliveryTask, portal, async (tx) => ({ ...(await outboxCounts(tx)), now: tx.now }))
  let job: Job | undefined
  let isStopped = false
  const settle = async () => {
    while (!isStopped && (await deliverLetters(ctx, server)) > 0);
  }
  return {
    settle,
    start() {
      job ??= runEvery({ name: 'letters', everyMs, log: house.log }, settle)
    },
    async trouble() {
      const { oldestDue, now } = await read()
      const isOverdue = oldestDue !== null && Date.parse(now) - Date.parse(oldestDue) > overdueMs
      return isOverdue ? 'letters have been due for more than ten minutes and nobody delivers them' : undefined
    },
    async counts() {
      const { counts } = await read()
      return Object.fromEntries(letterStates.map((state) => [state, counts[state] ?? 0]))
    },
    async stop() {
      isStopped = true
      await job?.stop()
      server?.close()
    },
  }
}
