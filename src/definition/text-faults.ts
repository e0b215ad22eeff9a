// What is wrong with the text of a definition before anybody asks what it says: characters that hide, aliases, tags, keys that stand twice, depth, length.
import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type ParsedNode } from 'yaml'
import type { Fault } from './fault.ts'

/** How deep lists and groups may stand in each other: the deepest of the known ones are 8 deep. */
export const deepestNesting = 30

/** How many entries a list or a group may hold: more than twice what any part of a definition takes, and few enough to be compared with each other. */
export const mostEntries = 500

/** How many hidden characters are told: a file that is no text has thousands. */
const mostHidden = 20

/** Control characters, halves of characters, and those that turn the order of letters around: what is read would not be what is meant. */
const hidden = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/** Whether a text is what it shows, and all in one line. */
export const isPlainLine = (text: string): boolean => !hidden.test(text)

/** Every line of the text that holds a character that does not show, but for the ones that end and indent lines. */
export function hiddenCharacters(source: string): Fault[] {
  const found = source.split('\n').flatMap((text, index): Fault[] => {
    const [character] = hidden.exec(text.replace(/\r$/, '').replaceAll('\t', '')) ?? []
    if (character === undefined) return []
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return [{ line: index + 1, key: '', sentence: `holds the character U+${code}, which does not show or hides what is written.` }]
  })
  return found.slice(0, mostHidden)
}

interface Place {
  readonly node: ParsedNode | null
  readonly path: readonly string[]
  readonly depth: number
}

interface Found {
  readonly node: ParsedNode | null
  readonly path: readonly string[]
  readonly sentence: string
}

/** What stands in the tree and cannot be read as plain lists, groups and words; of what is too deep, the first. */
export function treeFaults(document: Document.Parsed, lines: LineCounter): Fault[] {
  const found: Found[] = []
  for (let level: Place[] = [{ node: document.contents, path: [], depth: 0 }]; level.length > 0; ) {
    const tooDeep = level.find(({ depth }) => depth > deepestNesting)
    if (tooDeep) {
      found.push({ ...tooDeep, path: [], sentence: `is nested more than ${deepestNesting} deep.` })
      break
    }
    found.push(...level.flatMap(ownFaults))
    level = level.flatMap(within)
  }
  return found.map(({ node, path, sentence }) => ({
    line: lines.linePos(node?.range[0] ?? 0).line,
    key: path.join('.'),
    sentence,
  }))
}

function ownFaults({ node, path }: Place): Found[] {
  if (isAlias(node)) return [{ node, path, sentence: 'uses an alias such as "*name", which cannot stand in a definition.' }]
  if (node?.tag !== undefined) return [{ node, path, sentence: `has the tag "${node.tag}": tags cannot stand in a definition.` }]
  const many = isMap(node) || isSeq(node) ? node.items.length : 0
  if (many > mostEntries) return [{ node, path, sentence: `holds ${many} entries; at most ${mostEntries} can stand together.` }]
  return isMap(node) ? keyFaults(node.items, path) : []
}

type Pair = { readonly key: ParsedNode | null }

/** A key is a word that stands there once, and none that every group of keys has in JavaScript. */
function keyFaults(pairs: readonly Pair[], path: readonly string[]): Found[] {
  const seen = new Set<string>()
  return pairs.flatMap(({ key: node }): Found[] => {
    if (!isScalar(node) || typeof node.value !== 'string') return [{ node, path, sentence: 'has a key that is no word.' }]
    const key = node.value
    const at = [...path, key]
    if (key === '__proto__' || key === 'constructor') return [{ node, path: at, sentence: 'is not a key that can stand here.' }]
    if (seen.has(key)) return [{ node, path: at, sentence: 'stands twice: a key can stand once in a group.' }]
    seen.add(key)
    return []
  })
}

function within({ node, path, depth }: Place): Place[] {
  const below = (inner: ParsedNode | null, step: string): Place => ({ node: inner, path: [...path, step], depth: depth + 1 })
  if (isSeq(node)) return node.items.slice(0, mostEntries).map((inner, index) => below(inner, String(index)))
  if (!isMap(node)) return []
  return node.items.slice(0, mostEntries).map(({ key, value }) => below(value, isScalar(key) ? String(key.value) : ''))
}
