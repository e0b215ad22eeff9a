// What else two definitions say differently, beside who may do what: words, terms, and whom requests ask.
import { allowancesOf, type Law } from '../../law/law.ts'

/** Parts that differ, each as a few words; nothing where only permissions differ. */
export function otherwise(before: Law, after: Law): string[] {
  const parts: readonly [string, (law: Law) => unknown][] = [
    ['the name of the portal', ({ portal }) => portal],
    ['how vendor, customers and partners are called', ({ names }) => names],
    ['how long access lasts', ({ term }) => term],
    ['who answers requests for access, and when they lapse', ({ requests }) => requests],
    ['which shape access has', ({ shape }) => shape],
    [
      'names, words or notices of what can be given',
      (law) => allowancesOf(law).map(({ code, name, says, aliases, notices }) => [code, name, says, aliases, notices]),
    ],
    [
      'record kinds: names, states, fields or how they are named',
      ({ kinds }) => [...kinds.values()].map(({ fields, ...kind }) => [kind, [...fields]]),
    ],
    ['notices: their names, and what people choose for themselves', ({ notices }) => [...notices.values()]],
    ['names of pages, switches or types of partner', ({ pages, switches, partnerTypes }) => [[...pages.values()], switches, partnerTypes]],
  ]
  return parts.filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after))).map(([words]) => words)
}
