// latchkey keys: API keys for the vendor, one customer or one partner.
import { parseArgs } from 'node:util'
import type { Client } from '../client/client.ts'
import { type Command, clientFor, Mistyped, type Terminal } from './terminal.ts'

export const keys: Command = {
  says: 'creates, lists and ends API keys',
  help: `latchkey keys create --name NAME (--vendor [--operator] | --customer ID | --partner ID) [--expires DATE] [--json]
latchkey keys list [--json]
latchkey keys end ID

  A key asks questions and reads for the vendor, one customer or one partner. It is shown once, on standard output alone.

  --operator       the key may also run the portal: import, export, keys (vendor only)
  --expires DATE   its last day, such as 2027-05-21; left out: it has no end

  latchkey keys create --name "ERP" --vendor
  latchkey keys create --name "Acme's own reports" --customer acme --expires 2027-05-21`,
  run,
}

async function run([what = '', ...words]: string[], to: Terminal): Promise<number> {
  const client = clientFor(to)
  if (what === 'create') return create(words, client, to)
  if (what === 'list') return list(words, client, to)
  if (what === 'end') return end(words, client, to)
  throw new Mistyped(what === '' ? 'Say what to do: create, list or end.' : `Keys cannot be "${what}": create, list or end.`)
}

async function create(words: string[], client: Client, to: Terminal): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      name: { type: 'string' },
      vendor: { type: 'boolean' },
      customer: { type: 'string' },
      partner: { type: 'string' },
      operator: { type: 'boolean' },
      expires: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  if (!values.name) throw new Mistyped('Say what the key is for: --name NAME.')
  const sides = (['vendor', 'customer', 'partner'] as const).filter((side) => values[side] !== undefined)
  const [side] = sides
  if (side === undefined || sides.length > 1) throw new Mistyped('Say whose key it is: --vendor, --customer ID or --partner ID.')
  const organization = side === 'vendor' ? undefined : values[side]
  const key = await client.apiKeys.create({
    name: values.name,
    side,
    ...(organization === undefined ? {} : { organization }),
    ...(values.expires === undefined ? {} : { expiresOn: values.expires }),
    ...(values.operator ? { operator: true } : {}),
  })
  if (values.json) to.out(JSON.stringify(key))
  else {
    to.err(`The key "${key.name}" (${key.id}). Keep it now: it is not shown again.`)
    to.out(key.key)
  }
  return 0
}

async function list(words: string[], client: Client, to: Terminal): Promise<number> {
  const { values } = parseArgs({ args: words, options: { json: { type: 'boolean' } } })
  const { items } = await client.apiKeys.list()
  if (values.json) to.out(JSON.stringify(items))
  else
    for (const key of items)
      to.out(
        `${key.id}  ${key.endedAt ? 'ended' : 'stands'}  ${key.side}${key.operator ? ' (operator)' : ''}  ${key.organization.name}  ${key.name}`,
      )
  return 0
}

async function end(words: string[], client: Client, to: Terminal): Promise<number> {
  const { positionals } = parseArgs({ args: words, allowPositionals: true, options: {} })
  const [id, ...more] = positionals
  if (id === undefined || more.length > 0) throw new Mistyped('Name one key by its id: latchkey keys list shows them.')
  await client.apiKeys.end(id)
  to.out(`The key ${id} counts no more.`)
  return 0
}
