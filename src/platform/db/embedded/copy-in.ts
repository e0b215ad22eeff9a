/**
 * `copy … from stdin` for a database that cannot wait for its client: PGlite runs a statement to its end with the bytes it was given,
 * and breaks when they are missing. So the statement is held back, the client is told to go on, and all runs in one piece at the end.
 */

const query = 0x51
const copyData = 0x64
const copyDone = 0x63
const copyFail = 0x66
const copyInResponse = 0x47

/** The answer that makes a client send: text format, and a number of columns that no client looks at. */
const goOn = Uint8Array.from([copyInResponse, 0, 0, 0, 7, 0, 0, 0])

const copyFromStandardInput = /^[\s;]*copy\b[^;]*\bfrom\s+stdin\b/i

export interface Step {
  /** Whole protocol messages to run now. */
  readonly run?: Uint8Array
  /** What to tell the client now. */
  readonly tell?: Uint8Array
  /** Whether the database's own request for data is to be left out of the answer: the client has had one. */
  readonly leaveOutRequest?: boolean
}

/** Takes what a client sends, whole messages at a time, and says what to do with it. One for each connection. */
export class CopyIn {
  #held: Uint8Array[] | undefined

  next(bytes: Uint8Array): Step {
    if (!this.#held) {
      if (bytes[0] !== query || !copyFromStandardInput.test(textOf(bytes))) return { run: bytes }
      this.#held = [bytes]
      return { tell: goOn }
    }
    this.#held.push(bytes)
    if (!isEnd(lastMessage(bytes))) return {}
    const run = Buffer.concat(this.#held)
    this.#held = undefined
    return { run, leaveOutRequest: true }
  }
}

/** `answer` without the database's request for data, which comes first if it comes at all. */
export function withoutRequest(answer: Uint8Array): Uint8Array {
  if (answer[0] !== copyInResponse) return answer
  const length = new DataView(answer.buffer, answer.byteOffset).getInt32(1)
  return answer.subarray(1 + length)
}

function textOf(message: Uint8Array): string {
  // A comment before the statement hides it from the pattern, and 1,000 characters hold every column list.
  return Buffer.from(message.subarray(5, 1005))
    .toString('utf8')
    .replace(/--[^\n]*\n|\/\*.*?\*\//gs, ' ')
}

/** The type of the last of several whole messages. */
function lastMessage(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let type = 0
  for (let at = 0; at < bytes.length; at += 1 + view.getInt32(at + 1)) type = view.getUint8(at)
  return type
}

/** Data alone does not end it; anything else does, also what a broken client sends instead. */
function isEnd(type: number): boolean {
  return type === copyDone || type === copyFail || type !== copyData
}
