// Whether the people on lines are at home where the lines say they are, or were: as the portal knows it and, in a dry run, as the file says it.
import type { ReadTx } from '../../context/context.ts'
import { peopleAtHome } from './people-store.ts'
import { type Reference, referenceKey, type Things } from './references.ts'

export interface SaidHome {
  readonly person: Reference
  readonly home: Reference
}

/** What the file says of somebody's homes: undefined where it does not say where they are. */
export type HomesInFile = (one: SaidHome) => { readonly isNow: boolean | undefined; readonly wasBefore: boolean }

/** How a file notes that somebody was at home somewhere before. */
export const pastHomeKey = (person: string, home: Omit<Reference, 'field'>) => JSON.stringify(['was at', person, referenceKey(home)])

/** Answers for each whether the person is at home there; with `ever`, whether they are or were. What refers to nothing is no stranger. */
export async function strangers(
  tx: ReadTx,
  asked: readonly SaidHome[],
  { things, homesInFile }: { readonly things: Things; readonly homesInFile: HomesInFile },
  when: 'now' | 'ever',
): Promise<(one: SaidHome) => boolean> {
  const idsOf = ({ person, home }: SaidHome) => ({ person: things.find(person)?.id, home: things.find(home)?.id })
  const known = await peopleAtHome(
    tx,
    asked.flatMap((one) => idsOf(one).person ?? []),
    when,
  )
  return (one) => {
    const { person, home } = idsOf(one)
    if (person === undefined || home === undefined) return false
    const { isNow, wasBefore } = homesInFile(one)
    const here = known.some((row) => row.person === person && row.home === home)
    return when === 'ever' ? !(here || isNow || wasBefore) : !(isNow ?? here)
  }
}
