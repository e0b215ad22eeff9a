// latchkey who: everybody who can do something to a record, and why.
import { parseArgs } from 'node:util'
import type { FoundPerson } from '../client/portal.ts'
import { type Command, clientFor, Mistyped, type Terminal } from './terminal.ts'

export const who: Command = {
  says: 'says who may do something to a record, and why',
  help: `latchkey who --can ACTION --on KIND/ID [--at INSTANT] [--outside] [--json]

  Prints everybody who may, by the same law that decides, with the reasons.
  Ends with 0 where somebody may, 1 where nobody may, 2 for an error.

  --can ACTION   what they would do, such as read or reply
  --on KIND/ID   the record, by its kind and id
  --at INSTANT   as of then, such as 2026-10-01T12:00:00Z (the record is taken as it is now)
  --outside      only people of other firms than the record's customer
  --json         one JSON array, as the API answers it

  latchkey who --can read --on service_request/SR-10482 --outside`,
  run,
}

async function run(words: string[], to: Terminal): Promise<number> {
  const { question, outside, json } = readWho(words)
  const found: FoundPerson[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await clientFor(to).questions.people({ ...question, ...(after === undefined ? {} : { after }) })
    found.push(...page.items.filter((one) => one.outside || !outside))
    after = page.next
  }
  for (const line of json ? [JSON.stringify(found)] : found.flatMap(inSentences)) to.out(line)
  return found.length > 0 ? 0 : 1
}

function readWho(words: string[]) {
  const { values } = parseArgs({
    args: words,
    options: {
      can: { type: 'string' },
      on: { type: 'string' },
      at: { type: 'string' },
      outside: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })
  const [kind = '', ...rest] = values.on?.split('/') ?? []
  const externalId = rest.join('/')
  if (!values.can) throw new Mistyped('Say what they would do: --can reply.')
  if (kind === '' || externalId === '') throw new Mistyped('Say on what, as KIND/ID: --on service_request/SR-10482.')
  const question = { action: values.can, record: { kind, externalId }, limit: 200, ...(values.at === undefined ? {} : { at: values.at }) }
  return { question, outside: values.outside, json: values.json }
}

const inSentences = ({ person, sentences, until }: FoundPerson): string[] => [
  `${person.name} (${person.organization})${until ? `, until ${until}` : ''}`,
  ...sentences.map(({ text }) => `   ${text}`),
]
