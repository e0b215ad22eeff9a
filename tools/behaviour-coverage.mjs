// Which behaviours of docs/behaviours.md are proven: their id stands in the name of a test that passed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const oneLine = /^- \*\*((?:OR|MI|CD|IN)-\d{3}|BX-\d{2})\*\* \[(law|workflow|next|out|beyond)\] /gm
const anyId = /\b(?:(?:OR|MI|CD|IN)-\d{3}|BX-\d{2})\b/g
const groups = {
  OR: 'support portal with levels',
  MI: 'telephony account with roles and groups',
  CD: 'managed services with requests and rights',
  IN: 'field service with partner types and filters',
  BX: 'beyond the four',
}

/** Every behaviour and its stage, as a Map, read from the text of docs/behaviours.md. */
export function behavioursIn(text) {
  return new Map([...text.matchAll(oneLine)].map(([, id, stage]) => [id, stage]))
}

/** The sentences that `npm test` prints: one a group and the sum; and the ids in test names that no behaviour has. */
export function behaviourCoverage(root, namesOfPassedTests) {
  const stages = behavioursIn(readFileSync(join(root, 'docs', 'behaviours.md'), 'utf8'))
  const named = new Set(namesOfPassedTests.flatMap((name) => name.match(anyId) ?? []))
  const counted = [...stages].filter(([, stage]) => stage !== 'out').map(([id]) => id)
  const proven = counted.filter((id) => named.has(id))
  const sentences = Object.entries(groups).map(([group, title]) => {
    const inGroup = (id) => id.startsWith(`${group}-`)
    return `  ${group} ${title}: ${proven.filter(inGroup).length} of ${counted.filter(inGroup).length}`
  })
  const sum = `${proven.length} of ${counted.length} behaviours are proven by tests that passed`
  return { sentences: [sum, ...sentences], unknown: [...named].filter((id) => !stages.has(id)) }
}
