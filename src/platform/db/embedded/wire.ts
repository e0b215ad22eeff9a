/** The little of PostgreSQL's protocol that the bridge must know: where a message ends, and three messages of its own. */

const terminate = 0x58

/** A simple query. */
export function queryMessage(text: string): Uint8Array {
  const body = Buffer.from(`${text}\0`, 'utf8')
  const message = Buffer.alloc(5 + body.length)
  message.writeUInt8(0x51, 0)
  message.writeInt32BE(4 + body.length, 1)
  body.copy(message, 5)
  return message
}

/** Ends a batch of the extended protocol. */
export const syncMessage: Uint8Array = Uint8Array.from([0x53, 0, 0, 0, 4])

/** Cuts the bytes of one connection into whole messages. The first message of a connection has no type byte. */
export class MessageCutter {
  #rest: Buffer = Buffer.alloc(0)
  #started = false

  /** The messages that are now whole, together; `ended` when the client has said good-bye, after which nothing counts. */
  cut(bytes: Uint8Array): { readonly whole: Buffer; readonly ended: boolean } {
    const all = this.#rest.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.concat([this.#rest, bytes])
    let at = 0
    let ended = false
    while (!ended) {
      const length = this.#lengthAt(all, at)
      if (length === undefined) break
      ended = this.#started && all[at] === terminate
      if (!ended) at += length
      this.#started = true
    }
    this.#rest = ended ? Buffer.alloc(0) : Buffer.from(all.subarray(at))
    return { whole: all.subarray(0, at), ended }
  }

  /** The length of the message at `at`, if all of it is there. */
  #lengthAt(bytes: Buffer, at: number): number | undefined {
    const type = this.#started ? 1 : 0
    if (bytes.length < at + type + 4) return undefined
    const length = type + bytes.readInt32BE(at + type)
    return bytes.length < at + length ? undefined : length
  }
}
