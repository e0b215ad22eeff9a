// Bytes of a file to numbered lines: line ends of any system, a byte order mark, broken UTF-8 and endless lines are dealt with here.

export interface NumberedLine {
  /** From 1. */
  readonly line: number
  /** Undefined where `fault` says why the line cannot be read. */
  readonly text?: string
  readonly fault?: string
}

/** The longest line that is read, in bytes: a file of 11 MB in base64 and what is said about it. */
export const longestLine = 16_000_000

const lineFeed = 10
const carriageReturn = 13

/** The lines of the bytes, empty ones left out. A line that cannot be read is handed on with its fault; it never ends the reading. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine> {
  let line = 0
  let held: Uint8Array[] = []
  let length = 0
  const take = (piece: Uint8Array) => {
    length += piece.length
    // Of a line that is too long only its length is kept.
    if (length <= longestLine) held.push(piece)
    else held = []
  }
  const finish = (): NumberedLine => {
    line += 1
    const finished =
      length > longestLine ? { line, fault: `expected at most ${longestLine} bytes on one line` } : decoded(line, Buffer.concat(held))
    held = []
    length = 0
    return finished
  }
  for await (const chunk of bytes) {
    let from = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      take(chunk.subarray(from, end))
      from = end + 1
      const finished = finish()
      if (finished.text !== '') yield finished
    }
    take(chunk.subarray(from))
  }
  if (length > 0) {
    const finished = finish()
    if (finished.text !== '') yield finished
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(line: number, bytes: Buffer): NumberedLine {
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length
  const from = line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  try {
    return { line, text: utf8.decode(bytes.subarray(from, Math.max(from, end))).trim() }
  } catch {
    return { line, fault: 'expected UTF-8 text; the line has bytes that are none' }
  }
}
