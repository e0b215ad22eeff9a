// latchkey grants: every access on the portal, for the operator.
import type { Grant } from '../client/access.ts'
import { listFilter } from './list-filter.ts'
import { type Command, clientFor, type Terminal } from './terminal.ts'

const states = ['active', 'ending', 'ended', 'all']

export const grants: Command = {
  says: 'lists the access that customers gave',
  help: `latchkey grants [--customer NAME] [--partner NAME] [--state STATE] [--json]

  Lists every access on the portal, the newest first, at most 1,000.

  --customer NAME  only of this customer: its name, its id, or its id in the import
  --partner NAME   only to this partner, in the same way
  --state STATE    active (the default: with what starts later or waits), ending, ended, all
  --json           one JSON array, as the API answers it

  latchkey grants --partner Larkfield --state ending`,
  run,
}

async function run(words: string[], to: Terminal): Promise<number> {
  const { json, query } = listFilter(words, states)
  const { items } = await clientFor(to).grants.all(query)
  for (const line of json ? [JSON.stringify(items)] : items.map(inOneLine)) to.out(line)
  return 0
}

function inOneLine({ number, state, customer, partner, person, group, gives, endsOn }: Grant): string {
  const named = person ?? group
  const grantee = named ? `${named.name} (${partner.name})` : `everyone at ${partner.name}`
  return `${number}  ${state}  ${customer.name}: ${grantee}: ${gives}, until ${endsOn}`
}
