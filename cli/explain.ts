// latchkey explain: the reasons for a yes or a no, as sentences.
import type { Explanation } from '../client/portal.ts'
import { readQuestion, refuseUnknown } from './question.ts'
import { type Command, clientFor, type Terminal } from './terminal.ts'

export const explain: Command = {
  says: 'says why a person may do something, or why not',
  help: `latchkey explain --user ID --can ACTION --on KIND/ID [--at INSTANT] [--json]

  Prints the reasons as sentences, until when they hold, and for a no the lowest level that would allow it.
  Ends with 0 for yes, 1 for no, 2 for an error.

  --user ID      a person, by the id of the import
  --can ACTION   what they would do, such as read or reply
  --on KIND/ID   the record, by its kind and id
  --at INSTANT   as of then, such as 2026-10-01T12:00:00Z

  latchkey explain --user ines --can reply --on service_request/SR-10482`,
  run,
}

async function run(words: string[], to: Terminal): Promise<number> {
  const question = readQuestion(words)
  const { user, action, kind, id, at, json } = question
  const client = clientFor(to)
  // An earlier definition may have known others.
  if (at === undefined) refuseUnknown(await client.portal.read(), question)
  const record = { kind, externalId: id }
  const answer = await client.questions.explain({ person: user, action, record, ...(at === undefined ? {} : { at }) })
  for (const line of json ? [JSON.stringify(answer)] : inSentences(answer)) to.out(line)
  return answer.decision ? 0 : 1
}

function inSentences({ decision, until, sentences, nearest }: Explanation): string[] {
  return [
    `${decision ? 'YES' : 'NO'}${until ? `, until ${until}` : ''}`,
    ...sentences.map(({ text }, place) => `${String(place + 1).padStart(2)} ${text}`),
    ...(!decision && nearest ? [`   The lowest level that would allow it: ${nearest.name}.`] : []),
  ]
}
