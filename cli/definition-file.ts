// The text of a portal definition's file. What can be no definition is refused before it is read or sent.
import { readFile, stat } from 'node:fs/promises'
import { Problem } from '../client/problem.ts'

/** More bytes than the longest definition that a server reads can have. */
const mostBytes = 800_000

/** The text of a file, or (`-`) of the standard input. Throws a sentence for a file that is not there, is no file, is too large, or is no text. */
export async function readDefinitionFile(path: string): Promise<string> {
  if (path === '-') return textOf(await standardInput(), 'The standard input')
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Error(`There is no file ${path} that can be read.`)
  if (found.size > mostBytes) throw new Error(`${path} has ${found.size.toLocaleString('en')} bytes. ${atMost}`)
  return textOf(await readFile(path), path)
}

const atMost = `A portal definition has at most ${mostBytes.toLocaleString('en')}.`

function textOf(bytes: Buffer, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`${what} is not text in UTF-8.`)
  }
}

async function standardInput(): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > mostBytes) throw new Error(`The standard input has more than ${mostBytes.toLocaleString('en')} bytes. ${atMost}`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** What the server says of a text's lines, said of the file's: `new:12 access.term` becomes `portal.yaml:12 access.term`. */
export async function saidOfFiles<T>(files: Readonly<Record<string, string>>, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Problem)
      for (const one of error.fields) one.field = one.field.replace(/^(\w+)(?=:\d)/, (word) => files[word] ?? word)
    throw error
  }
}
