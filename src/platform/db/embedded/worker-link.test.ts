import { expect, onTestFinished, test } from 'vitest'
import type { DatabaseAway } from '../errors.ts'
import { directoryWithDatabase } from '../scratch.test-support.ts'
import { databaseIn } from './data-directory.ts'
import { queryMessage } from './wire.ts'
import { type Listener, WorkerLink } from './worker-link.ts'

/** What a driver says first, with the version 3.0 of the protocol. */
function startUp(): Uint8Array {
  const body = Buffer.from('user\0postgres\0database\0postgres\0\0')
  const message = Buffer.alloc(8 + body.length)
  message.writeInt32BE(message.length, 0)
  message.writeInt32BE(196_608, 4)
  body.copy(message, 8)
  return message
}

class Connection implements Listener {
  readonly stream: number
  readonly #link: WorkerLink
  #heard: Buffer = Buffer.alloc(0)
  #ready: (() => void) | undefined

  constructor(link: WorkerLink, stream: number) {
    this.stream = stream
    this.#link = link
    link.attach(this)
  }

  receive(bytes: Uint8Array): void {
    this.#heard = Buffer.concat([this.#heard, bytes])
    // ReadyForQuery ends an answer.
    if (this.#heard.at(-6) === 0x5a) this.#ready?.()
  }

  lose(error: DatabaseAway): void {
    throw error
  }

  /** Sends a message and resolves to the whole answer, as text. */
  async ask(bytes: Uint8Array): Promise<string> {
    this.#heard = Buffer.alloc(0)
    const answered = new Promise<void>((resolve) => {
      this.#ready = resolve
    })
    this.#link.send({ kind: 'bytes', stream: this.stream, bytes })
    await answered
    return this.#heard.toString('latin1')
  }
}

test('the late good-bye of one connection does not end the transaction of the next, and what it says late is not heard', async () => {
  const location = databaseIn(await directoryWithDatabase())
  const link = await WorkerLink.start({ location, settings: [], patience: 60_000, onLost: () => undefined })
  onTestFinished(async () => void (await link.close()))
  const older = new Connection(link, 1)
  await older.ask(startUp())
  await older.ask(queryMessage('begin; create table of_older (n int)'))

  const newer = new Connection(link, 2)
  await newer.ask(startUp())
  await newer.ask(queryMessage('begin; create table of_newer (n int)'))
  link.send({ kind: 'bytes', stream: 1, bytes: queryMessage('create table too_late (n int)') })
  link.detach(older)
  await newer.ask(queryMessage('commit'))

  const names = await newer.ask(
    queryMessage(`select string_agg(relname, ',') from pg_class where relname in ('of_older', 'of_newer', 'too_late')`),
  )
  expect(names).toMatch(/of_newer/)
  expect(names).not.toMatch(/of_older|too_late/)
})
