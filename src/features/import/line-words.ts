// The words that lines of a world file are made of: text, ids, instants, zones, addresses, each with its limit and what a fault says was expected.
import { z } from 'zod'
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { isTimeZone, parseDate, parseInstant } from '../../kernel/instant.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u001f\u007f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for; tab, line feed and return are text
const controlInText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

const expected = (what: string) => ({ error: `expected ${what}` })

/** One line of text of 1 to `longest` characters: no control character, no half of a character pair. */
export function words(longest: number) {
  const what = `text of 1 to ${longest} characters, without control characters`
  return z
    .string(expected(what))
    .min(1, expected(what))
    .max(longest, expected(what))
    .refine((text) => text.isWellFormed() && !control.test(text), expected(what))
}

/** Text of several lines, 1 to `longest` characters. */
export function prose(longest: number) {
  const what = `text of 1 to ${longest} characters, without control characters other than tabs and line ends`
  return z
    .string(expected(what))
    .min(1, expected(what))
    .max(longest, expected(what))
    .refine((text) => text.isWellFormed() && !controlInText.test(text), expected(what))
}

/** An id as the system where it comes from writes it. */
export const externalId = words(200)

export const instant = z
  .string(expected('an instant such as 2026-11-21T09:00:00Z'))
  .max(40, expected('an instant such as 2026-11-21T09:00:00Z'))
  .refine(
    (text) => parseInstant(text) !== undefined && plausible(text),
    expected('an instant with its offset, such as 2026-11-21T09:00:00Z, from 1900 to 9999'),
  )
  .transform((text) => parseInstant(text) as string)
  .meta({ type: 'string', format: 'date-time' })

const plausible = (text: string) => /^(19|[2-9][0-9])[0-9]{2}-/.test(parseInstant(text) ?? '')

export const date = z
  .string(expected('a date such as 2026-11-30'))
  .refine((text) => parseDate(text) !== undefined, expected('a date such as 2026-11-30'))
  .meta({ format: 'date' })

export const timeZone = z
  .string(expected('a time zone such as Europe/Madrid'))
  .max(64, expected('a time zone such as Europe/Madrid'))
  .refine(isTimeZone, expected('a time zone of the IANA list, such as Europe/Madrid'))

export const email = z
  .string(expected('an e-mail address'))
  .max(320, expected('an e-mail address of at most 254 characters'))
  .refine((text) => parseEmailAddress(text) !== undefined, expected('an e-mail address in ASCII, at most 254 characters'))
  .transform((text) => parseEmailAddress(text) as string)
  .meta({ type: 'string', format: 'email' })

const domainShape = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/
export const emailDomain = z
  .string(expected('a domain such as larkfield.example'))
  .max(253, expected('a domain such as larkfield.example'))
  .regex(domainShape, expected('a domain in lower case, such as larkfield.example'))

const languageShape = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/
export const language = z.string(expected('a language such as en')).max(35).regex(languageShape, expected('a language such as en or pt-BR'))

const codeShape = /^[a-z][a-z0-9_]{0,63}$/
/** The code of a level, role, state, kind or relation: lower case letters, digits and underscores. */
export const code = z
  .string(expected('a code such as contact_manager'))
  .regex(codeShape, expected('a code such as contact_manager, at most 64 characters'))

const longestAttributes = 100_000
/** Named values of a record, or what an event says: any JSON object of at most 100,000 characters. */
export const attributes = z
  .record(words(64), z.json(), expected('an object of named values'))
  .refine(
    (all) => JSON.stringify(all).length <= longestAttributes && everyText(all, isSound),
    expected('at most 100,000 characters of JSON, without null bytes'),
  )

const isSound = (text: string) => text.isWellFormed() && !text.includes('\u0000') && text !== '__proto__'

/** Whether the test holds for every text in a JSON value, names included. */
function everyText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, inner]) => test(name) && everyText(inner, test))
}

/** The vendor, a customer or a partner, by its id. */
export const organization = z.union(
  [z.strictObject({ customer: externalId }), z.strictObject({ partner: externalId }), z.strictObject({ vendor: externalId })],
  expected('one of {"customer": id}, {"partner": id}, {"vendor": id}'),
)
