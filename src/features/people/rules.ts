// What a person may say of themselves, within which limits, and how they see themselves.
import { isTimeZone } from '../../kernel/instant.ts'
import { type FieldFault, refuse } from '../../kernel/refusal.ts'
import { homeAbilities } from '../../law/abilities.ts'
import type { Action, Law, Side } from '../../law/law.ts'
import type { LookShown } from '../looks/rules.ts'

export const nameLength = 200
export const languageLength = 35
export const timeZoneLength = 64

export interface MyChange {
  name?: string | undefined
  language?: string | undefined
  /** Null: the organization's. */
  timeZone?: string | null | undefined
}

/** Control characters, line breaks, and marks that turn the direction of writing and so disguise a name. */
const unfit = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]/u

/** The change as it is kept: trimmed, the language in its usual writing. Refuses by naming every field that is wrong. */
export function checkMyChange({ name, language, timeZone }: MyChange): MyChange {
  if (name === undefined && language === undefined && timeZone === undefined) {
    refuse('invalid-input', 'Say what to change: name, language or timeZone.')
  }
  const canonical = language === undefined ? undefined : canonicalLanguage(language)
  const faults: (FieldFault & { wrong: boolean })[] = [
    {
      field: 'name',
      sentence: `A name has 1 to ${nameLength} letters, on one line, and no web address.`,
      wrong: name !== undefined && !isName(name.trim()),
    },
    { field: 'language', sentence: 'A language is written like en or pt-BR.', wrong: language !== undefined && canonical === undefined },
    {
      field: 'timeZone',
      sentence: 'A time zone is written like Europe/Madrid.',
      wrong: typeof timeZone === 'string' && !isTimeZone(timeZone),
    },
  ]
  const fields = faults.filter(({ wrong }) => wrong).map(({ field, sentence }) => ({ field, sentence }))
  const [first] = fields
  if (first) refuse('invalid-input', first.sentence, { field: first.field, fields })
  return { name: name?.trim(), language: canonical, timeZone }
}

/** Names stand in letters to people elsewhere: a web address there would be somebody's bait. */
export const namesAnAddress = (name: string): boolean => /:\/\/|www\./i.test(name)

const isName = (name: string): boolean => name.length >= 1 && name.length <= nameLength && !unfit.test(name) && !namesAnAddress(name)

function canonicalLanguage(text: string): string | undefined {
  try {
    const [language] = Intl.getCanonicalLocales(text)
    return language !== undefined && language.length <= languageLength ? language : undefined
  } catch {
    return undefined
  }
}

/** A person as they see themselves: who and where they are, and what their roles let them do in their own organization. */
export interface Me {
  person: { id: string; name: string; email: string; language: string; timeZone: string | null }
  organization: { id: string; name: string; side: Side; timeZone: string }
  roles: string[]
  abilities: Action[]
  vendor: { name: string }
  mailIsSent: boolean
  /** The person through whose eyes somebody looks stands above, and the frame of the page here; null: nobody looks. */
  looking: LookShown | null
}

type Person = Me['person'] & Pick<Me, 'organization' | 'roles'>

export function describeMe({ id, name, email, language, timeZone, organization, roles }: Person, law: Law, mailIsSent: boolean): Me {
  return {
    person: { id, name, email, language, timeZone },
    organization,
    roles,
    abilities: homeAbilities(law, roles),
    vendor: { name: law.names.vendor },
    mailIsSent,
    looking: null,
  }
}
