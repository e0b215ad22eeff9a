// The catalogue against the components: no text that nobody shows, and none in words that people do not use.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import en from './en.json' with { type: 'json' }

const web = fileURLToPath(new URL('..', import.meta.url))

type Texts = { [key: string]: string | Texts }

function texts(tree: Texts, above = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as [string, string]] : texts(value, `${above}${key}.`),
  )
}

const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(web, path), 'utf8'))
  .join('\n')

test('every text of the catalogue is shown somewhere', () => {
  const unused = texts(en)
    .map(([key]) => key.replace(/_(zero|one|other)$/, ''))
    .filter((key) => !sources.includes(`'${key}'`) && !sources.includes(`\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`))
  expect(unused).toEqual([])
})

test('no text uses a word of insiders, an excuse, or a button that says nothing', () => {
  const insiders = /\b(grants?|granted|revoke[ds]?|provision(ed|ing)?|tenant|RBAC|scope|principal|entity|oops|submit|sorry|please)\b/i
  const empty = /^(OK|Yes, |Submit|Confirm|Cancel)$/
  const wrong = texts(en).filter(([, text]) => insiders.test(text) || empty.test(text))
  expect(wrong).toEqual([])
})

test('a text with a number has a form for one and for more', () => {
  const keys = new Set(texts(en).map(([key]) => key))
  const halves = [...keys].filter((key) => /_(zero|one)$/.test(key) && !keys.has(key.replace(/_(zero|one)$/, '_other')))
  expect(halves).toEqual([])
})
