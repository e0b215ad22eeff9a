/** What the driver takes for a socket: one connection to the embedded database. */
import { Duplex } from 'node:stream'
import type { DatabaseAway } from '../errors.ts'
import { MessageCutter } from './wire.ts'
import type { Listener, WorkerLink } from './worker-link.ts'

let lastStream = 0

export class EmbeddedStream extends Duplex implements Listener {
  readonly stream: number
  readonly #link: WorkerLink
  readonly #messages = new MessageCutter()

  constructor(link: WorkerLink) {
    super()
    lastStream += 1
    this.stream = lastStream
    this.#link = link
  }

  connect(): this {
    const { lost } = this.#link
    if (lost) {
      this.destroy(lost)
      return this
    }
    this.#link.attach(this)
    queueMicrotask(() => this.emit('connect'))
    return this
  }

  receive(bytes: Uint8Array): void {
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }

  lose(error: DatabaseAway): void {
    this.destroy(error)
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send(chunk)
    done()
  }

  /** A query of the driver is several messages, corked together: they travel, and are answered, in one piece. */
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#link.detach(this)
    done(error)
  }

  // What the driver asks of a socket, and what means nothing here.
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  #send(bytes: Buffer): void {
    const { whole, ended } = this.#messages.cut(bytes)
    // The buffers are the driver's to use again; the message takes a copy with it.
    if (whole.length > 0) this.#link.send({ kind: 'bytes', stream: this.stream, bytes: Uint8Array.from(whole) })
    if (!ended) return
    this.#link.detach(this)
    this.push(null)
  }
}
