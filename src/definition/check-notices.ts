// Whether notices agree with the rest: whoever brings one names one that there is, and what it looks at is known.
import { administrator } from './compile-allowances.ts'
import { type Faults, ownKinds } from './faults-in.ts'
import type { PortalDefinition } from './schema.ts'

/** Notices that the product itself knows: what is written on a record, an access that ends soon, a request that waits. */
const ownNotices = ['answers', 'ends_soon', 'asked'] as const

export function checkNotices(definition: PortalDefinition, faults: Faults): void {
  const known = Object.keys(definition.notices ?? {})
  for (const { path, notices } of bringing(definition))
    for (const [index, code] of notices.entries()) faults.known([...path, 'notices', String(index)], code, known, 'notice')
  for (const code of known) checkNotice(definition, code, faults)
}

function checkNotice({ records, notices = {} }: PortalDefinition, code: string, faults: Faults): void {
  const path = ['notices', code]
  const { kept_by: kept, when_opened: kind } = notices[code] ?? {}
  if (ownNotices.some((own) => own === code)) faults.say(path, `"${code}" is a notice of the product itself.`)
  if (kind !== undefined) faults.known([...path, 'when_opened'], kind, Object.keys(records), 'kind of record')
  if (kind !== undefined && kept !== undefined)
    faults.say([...path, 'kept_by'], 'cannot stand beside "when_opened": what each chooses for oneself nobody has to get.')
  for (const [of, verbs] of Object.entries(kept ?? {})) {
    faults.known([...path, 'kept_by', of], of, [...Object.keys(records), ...Object.keys(ownKinds)], 'kind')
    const actions = Object.keys(records[of]?.actions ?? {})
    for (const [index, verb] of verbs.entries())
      faults.known([...path, 'kept_by', of, String(index)], verb, [...actions, ...(ownKinds[of] ?? [])], `action on ${of}`)
  }
}

type Bringing = Readonly<Record<string, { readonly notices?: readonly string[] | undefined }>>

/** Everything that can bring notices: home roles, levels, roles, rights and the Administrator. */
function bringing({ home, access }: PortalDefinition): { path: string[]; notices: readonly string[] }[] {
  const all = access?.administrator
  const sections: readonly [string[], Bringing][] = [
    ...Object.entries(home).map(([side, roles]): [string[], Bringing] => [['home', side], roles]),
    [['access', 'levels'], access?.levels ?? {}],
    [['access', 'roles'], access?.roles ?? {}],
    [['access', 'rights'], access?.rights ?? {}],
    [['access'], all ? { [administrator]: all } : {}],
  ]
  return sections.flatMap(([path, ones]) => Object.entries(ones).map(([code, { notices = [] }]) => ({ path: [...path, code], notices })))
}
