// latchkey requests: every request for access on the portal, for the operator.
import { listFilter } from './list-filter.ts'
import { type Command, clientFor, type Terminal } from './terminal.ts'

const states = ['waiting', 'answered', 'lapsed', 'all']

export const requests: Command = {
  says: 'lists the requests for access',
  help: `latchkey requests [--customer NAME] [--partner NAME] [--state STATE] [--json]

  Lists every request for access on the portal, the newest first, at most 1,000.

  --customer NAME  only those put before this customer: its name or id
  --partner NAME   only of this partner, in the same way
  --state STATE    waiting (the default), answered, lapsed, all
  --json           one JSON array, as the API answers it

  latchkey requests --state lapsed`,
  run,
}

async function run(words: string[], to: Terminal): Promise<number> {
  const { json, query } = listFilter(words, states)
  const { items } = await clientFor(to).accessRequests.all(query)
  if (json) to.out(JSON.stringify(items))
  else
    for (const one of items) {
      const whose = one.customer?.name ?? 'nobody here'
      to.out(
        `${one.number}  ${one.state}  ${one.partner.name} (${one.askedBy}) to ${one.addressedTo} (${whose}): ${one.asks.join(', ')}, until ${one.endsOn}`,
      )
    }
  return 0
}
