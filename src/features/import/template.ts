// Text with {words} in it that are filled in from a row.

const word = /\{([^{}]+)\}/g

export const placeholders = (template: string): string[] => [...template.matchAll(word)].map((found) => found[1] ?? '')

/** The template filled in, or undefined where one of its words has no value. */
export function fill(template: string, meaningOf: (word: string) => string | undefined): string | undefined {
  let complete = true
  const text = template.replaceAll(word, (_, name: string) => {
    const value = meaningOf(name)
    if (value === undefined) complete = false
    return value ?? ''
  })
  return complete ? text : undefined
}

/** The first template that can be filled in. */
export function fillFirst(templates: string | readonly string[], meaningOf: (word: string) => string | undefined): string | undefined {
  for (const template of [templates].flat()) {
    const text = fill(template, meaningOf)
    if (text !== undefined) return text
  }
  return undefined
}

/** A value as it can stand in an address: lower case letters, digits and single hyphens, at most 60 characters. */
export const slug = (value: string): string =>
  value
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '') || 'x'

/** The text on one line, and at most so long. */
export function oneLine(text: string, longest: number): string {
  const flat = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  return flat.length <= longest
    ? flat
    : `${flat
        .slice(0, longest - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
}
