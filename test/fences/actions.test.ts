// Every action that the code asks the law about stands in the printed matrix of a portal: what is in no definition is refused to everybody, silently.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askAction, ownAction } from '../../src/law/law.ts'
import { root } from './planted-tree.ts'

const question = /\.(?:reading|writing|can)\(\s*'([a-z_]+:[a-z_]+)'/g

/** The actions that a text asks about, where it names them outright. */
const asked = (text: string): string[] => [...text.matchAll(question)].map(([, action]) => action!)
const withoutWords = new Set<string>([askAction, ownAction])
const needsWords = (action: string) => !withoutWords.has(action) && !action.startsWith('system:')

function printed(): Set<string> {
  const folder = join(root, 'docs/permissions')
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  return new Set(texts.flatMap((text) => text.match(/^[a-z_]+:[a-z_]+/gm) ?? []))
}

test('every action that a use case asks about stands in the printed matrix', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
    cwd: root,
    encoding: 'utf8',
  }).split('\n')
  const sources = files.filter((path) => path.endsWith('.ts') && !path.includes('.test'))
  const actions = sources.flatMap((path) => asked(readFileSync(join(root, path), 'utf8')).map((action) => ({ path, action })))
  expect(actions.length).toBeGreaterThan(15)
  const matrix = printed()
  expect(actions.filter(({ action }) => needsWords(action) && !matrix.has(action))).toEqual([])
})

test('an action that no definition knows would be found', () => {
  expect(asked("ctx.writing('access:conjure', { kind: 'portal' }, work)")).toEqual(['access:conjure'])
  expect(asked("await tx.can(\n  'service_request:read', on)")).toEqual(['service_request:read'])
  expect(printed().has('access:conjure')).toBe(false)
  expect(printed().has('access:give')).toBe(true)
})
