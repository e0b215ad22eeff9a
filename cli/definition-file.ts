// The text of a portal definition's file. What can be no definition is refused before it is read or sent.
import { readFile, stat } from 'node:fs/promises'
import { Problem } from '../client/problem.ts'

/** More bytes than the longest definition that a server reads can have. */
const mostBytes = 800_000

/** Throws a sentence for a file that is not there, is no file, is too large, or is no text. */
export async function readDefinitionFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Error(`There is no file ${path} that can be read.`)
  if (found.size > mostBytes)
    throw new Error(
      `${path} has ${found.size.toLocaleString('en')} bytes. A portal definition has at most ${mostBytes.toLocaleString('en')}.`,
    )
  const bytes = await readFile(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`${path} is not text in UTF-8.`)
  }
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
