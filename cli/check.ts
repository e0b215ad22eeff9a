// latchkey check: yes or no, why, and until when; the same answer as the decision API gives.
import { readQuestion, refuseUnknown } from './question.ts'
import { type Command, clientFor, Mistyped, type Terminal } from './terminal.ts'

export const check: Command = {
  says: 'says whether a person may do something, and until when',
  help: `latchkey check --user ID --can ACTION --on KIND/ID [--json]

  Asks the decision API (AuthZEN) and prints yes or no, why, and until when. Ends with 0 for yes, 1 for no, 2 for an error.

  --user ID      a person, by the id of the import
  --can ACTION   what they would do, such as read or reply
  --on KIND/ID   the record, by its kind and id

  latchkey check --user priya --can reply --on service_request/SR-10482`,
  run,
}

interface Context {
  readonly because?: string[]
  readonly until?: string
  readonly grant?: { readonly number: string }
}

async function run(words: string[], to: Terminal): Promise<number> {
  const question = readQuestion(words)
  const { user, action, kind, id, at, json } = question
  if (at !== undefined) throw new Mistyped('check asks about now. latchkey explain asks about another instant with --at.')
  const client = clientFor(to)
  refuseUnknown(await client.portal.read(), question)
  const answer = await client.questions.evaluate({
    subject: { type: 'user', id: user },
    action: { name: action },
    resource: { type: kind, id },
  })
  if (json) to.out(JSON.stringify(answer))
  else {
    const { because = [], until } = (answer.context ?? {}) as Context
    to.out(`${answer.decision ? 'yes' : 'no'}${until ? `, until ${until}` : ''}`)
    for (const reason of because) to.out(`  ${reason}`)
  }
  return answer.decision ? 0 : 1
}
