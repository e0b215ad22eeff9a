// What takes two people to give, by the definition (BX-14): it is given by answering a request, and by nobody alone.
import type { Instant } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Law } from '../../law/law.ts'
import { type AccessGiven, accessWords, givesOf } from './access-rules.ts'
import { type Grant, gives } from './rules.ts'

/** The codes of it that take a second person. */
export const codesForTwo = ({ requests }: Pick<Law, 'requests'>, access: AccessGiven): string[] =>
  givesOf(access).filter((code) => requests.secondFor.includes(code))

/** Refuses what takes two, unless the same grantee has all of that already, for the whole customer or on just the same, and no longer than that. */
export function refuseAlone(law: Law, access: AccessGiven, until: Instant, held: readonly Grant[], now: Instant): void {
  const covers = (one: Grant) => one.scope.kind === 'all' || JSON.stringify(one.scope) === JSON.stringify(access.scope)
  const kept = held.filter((one) => gives(one, now) && one.until >= until && covers(one)).flatMap((one) => givesOf(one))
  const [code] = codesForTwo(law, access).filter((one) => !kept.includes(one))
  if (code !== undefined) refuseCode(law, access, code)
}

/** Refuses what takes two, whoever has it already: where nothing but a request gives it, and where the answer must not tell what somebody has. */
export function refuseForTwo(law: Law, access: AccessGiven): void {
  const [code] = codesForTwo(law, access)
  if (code !== undefined) refuseCode(law, access, code)
}

function refuseCode(law: Law, access: AccessGiven, code: string): never {
  const name = accessWords(law, { level: access.level === code ? code : null, rights: access.level === code ? [] : [code] })
  return refuse('not-allowed', `${name} takes two people who approve it: let the partner ask for it. Nothing was changed.`)
}
