/** Knows whether the disk of the embedded database has room: on a full disk PGlite breaks, so writing ends before. */
import { statfsSync } from 'node:fs'
import type { FreeSpaceReport, Writing } from '../database.ts'
import { NoRoom } from '../errors.ts'

/** How often the disk is asked, at most: the answer costs microseconds, and a transaction does not write 256 MB in a quarter of a second. */
const freshFor = 250

/** This part of the room is kept from what only takes something away, too: a disk that is full stops the database for ever, and then nothing ends. */
const keptFromAll = 1 / 8

export const defaultWatermark = 256 * 1_048_576

export interface FreeSpaceOptions {
  readonly directory: string
  /** Bytes that stay free. */
  readonly watermark: number
  /** The free bytes of the disk that holds `directory`; for tests. */
  readonly read?: ((directory: string) => number) | undefined
}

export class FreeSpace {
  readonly #directory: string
  readonly #watermark: number
  readonly #read: (directory: string) => number
  #seen: { readonly at: number; readonly report: FreeSpaceReport } | undefined

  constructor({ directory, watermark, read = freeBytesOf }: FreeSpaceOptions) {
    this.#directory = directory
    this.#watermark = watermark
    this.#read = read
  }

  /** What the disk said a quarter of a second ago at most. A disk that cannot be asked has no room. */
  report(): FreeSpaceReport {
    const at = performance.now()
    if (!this.#seen || at - this.#seen.at >= freshFor) this.#seen = { at, report: this.#ask() }
    return this.#seen.report
  }

  /** Throws `NoRoom` below the watermark; for what only takes something away (a session, a right), below the last part of it. */
  assertWritable(writing: Writing = 'anything'): void {
    const { ok, freeBytes, watermark } = this.report()
    if (writing === 'only takes away' && freeBytes !== undefined && freeBytes >= watermark * keptFromAll) return
    if (!ok) throw new NoRoom(this.#directory, freeBytes, watermark)
  }

  #ask(): FreeSpaceReport {
    const watermark = this.#watermark
    try {
      const freeBytes = this.#read(this.#directory)
      return { ok: freeBytes >= watermark, freeBytes, watermark }
    } catch {
      return { ok: false, freeBytes: undefined, watermark }
    }
  }
}

function freeBytesOf(directory: string): number {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}
