// What groups of a partner have, for the feature that fills them.

import type { ReadTx } from '../../context/context.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { accessWords } from './access-rules.ts'
import { endsOn, type Grant, gives, rolesThatMay } from './rules.ts'
import { grantsWhere } from './store.ts'

export interface GivenToGroup {
  readonly grant: Grant
  readonly gives: string
  readonly until: string
  readonly link: string
}

/** Everything in force today that one of the partner's groups has, by group. */
export async function givenToGroups(tx: ReadTx, partnerId: string): Promise<Map<string, GivenToGroup[]>> {
  const grants = await grantsWhere(tx, { partnerId, seenBy: null })
  const standing = grants.filter((grant) => grant.group !== null && gives(grant, tx.now))
  return Map.groupBy(
    standing.map((grant) => ({
      grant,
      gives: accessWords(tx.law, grant),
      until: dayInWords(endsOn(grant)),
      link: `${tx.settings.publicUrl}/access/${grant.id}`,
    })),
    ({ grant }) => grant.group?.id ?? '',
  )
}

/** The roles of a customer's people who are told of its access. */
export const rolesToldOfAccess = ({ law }: ReadTx): string[] => rolesThatMay(law, 'customer', 'access:give')
