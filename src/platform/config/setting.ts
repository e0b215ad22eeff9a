// What a setting is: its name, what it says, what it expects, and how its text becomes a value. A wrong one is refused by name.
import { z } from 'zod'

/** One setting of the environment. `T` is the type of its value; a setting without a default may be absent (undefined). */
export interface Setting<T> {
  readonly name: string
  /** What it does, for the person who runs the server. */
  readonly says: string
  /** What was expected, in words that finish the sentence "expected …". Holds unit and limits. */
  readonly expected: string
  readonly schema: z.ZodType<T, string>
  /** The text that counts when the variable is absent or empty, or how it follows from other settings. */
  readonly default?: string | { readonly says: string; readonly from: (earlier: Readonly<Record<string, unknown>>) => string }
  /** Never printed, not even in the refusal of a wrong value. */
  readonly secret?: true
}

/** A setting is wrong: the server must not start. The message is one line that names the setting and says what was expected. */
export class WrongSetting extends Error {
  constructor(name: string, expected: string, value: string | undefined) {
    super(`${name} is wrong: expected ${expected}${value === undefined ? '' : `, found ${quoted(value)}`}.`)
    this.name = 'WrongSetting'
  }
}

const quoted = (value: string) => JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)

/** A whole number from `least` to `most`, both included. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most)

const bytesIn = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const

/** A size such as `10 MB`, in bytes: 1 KB is 1024 bytes. */
export const size = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9} ?(B|KB|MB|GB)$/i)
    .transform((text) => {
      const [, count, unit] = /^(\d+) ?(\w+)$/.exec(text) ?? []
      return Number(count) * bytesIn[(unit ?? 'B').toUpperCase() as keyof typeof bytesIn]
    })
    .refine((bytes) => bytes >= least && bytes <= most)

/** An address with one of the schemes and a host, such as `smtp://mail.example:587`. */
export const addressWith = (...schemes: string[]) =>
  z.string().refine((text) => {
    const url = parseUrl(text)
    return url !== undefined && schemes.includes(url.protocol.slice(0, -1)) && url.hostname !== ''
  })

/** A web address without path, user or query; kept without a slash at its end. */
export const webOrigin = z
  .string()
  .refine((text) => {
    const url = parseUrl(text)
    return url !== undefined && /^https?:$/.test(url.protocol) && /^https?:\/\/[^/?#@\s]+\/?$/i.test(text)
  })
  .transform((text) => new URL(text).origin)

/** A secret that cannot be guessed quickly: long enough, and not a few characters repeated. */
export const secretText = (least: number) =>
  z
    .string()
    .regex(/^[\x21-\x7e]*$/)
    .min(least)
    .max(512)
    .refine((text) => new Set(text).size >= leastDifferentCharacters)

const leastDifferentCharacters = 8

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
