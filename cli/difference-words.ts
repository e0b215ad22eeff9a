// A difference between two definitions as a person reads it in a terminal.
import type { ChangedPeople, DefinitionDifference, Things } from '../client/definitions.ts'

const many = (count: number, one: string, more: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : more}`

const onWords = {
  record: ['record', 'records'],
  customer: ['customer', 'customers'],
  organization: ['organization of their own', 'organizations of their own'],
  portal: ['portal', 'portals'],
} as const

/** Whether anybody gains or loses anything. */
export const changesNothing = ({ gaining, losing }: DefinitionDifference): boolean => gaining + losing === 0

export function differenceWords(difference: DefinitionDifference): string[] {
  const { people, gaining, losing, totals, classes, left, gone, otherwise } = difference
  return [
    changesNothing(difference)
      ? `Nobody gains or loses anything: ${many(people, 'person was', 'people were')} asked about.`
      : `Of ${many(people, 'person', 'people')}, ${many(gaining, 'gains', 'gain')} something and ${many(losing, 'loses', 'lose')} something.`,
    ...gone.map(({ sentence }) => sentence),
    ...totalLines(totals),
    ...classes.flatMap((one) => ['', ...classLines(one)]),
    ...(left.classes === 0
      ? []
      : [
          '',
          `… and ${many(left.people, 'person', 'people')} more, who stand in ${many(left.classes, 'other way', 'other ways')}: --most shows more of them.`,
        ]),
    ...(otherwise.length === 0 ? [] : ['', `The definitions also differ in: ${otherwise.join('; ')}.`]),
  ]
}

function totalLines(totals: DefinitionDifference['totals']): string[] {
  if (totals.length === 0) return []
  const width = Math.max(...totals.map(({ action }) => action.length))
  const lines = totals.map(({ action, words, on, gaining, losing }) => {
    const parts = [
      ...(gaining > 0 ? [`+ ${many(gaining, 'person', 'people')}`] : []),
      ...(losing > 0 ? [`- ${many(losing, 'person', 'people')}`] : []),
    ]
    return `  ${action.padEnd(width)}  ${parts.join(', ')}   (${words}; by ${onWords[on][0]})`
  })
  return ['', 'By what they may do:', ...lines]
}

function classLines({ people, names, organization, side, roles, changes }: ChangedPeople): string[] {
  const who = people > names.length ? `${names.join(', ')} and ${many(people - names.length, 'other', 'others')}` : names.join(', ')
  const as = roles.length === 0 ? side : `${side}: ${roles.join(', ')}`
  return [
    `${who}, ${organization} (${as})${people > 1 ? ', each:' : ':'}`,
    ...changes.flatMap(({ words, on, gained, lost }) => [
      ...(gained.many > 0 ? [`  + ${words}: ${thingWords(gained, on)}`] : []),
      ...(lost.many > 0 ? [`  - ${words}: ${thingWords(lost, on)}`] : []),
    ]),
  ]
}

function thingWords({ many: count, examples }: Things, on: keyof typeof onWords): string {
  const [one, more] = onWords[on]
  const said = many(count, one, more)
  return examples.length === 0 ? said : `${said} (${examples.join(', ')}${count > examples.length ? ', …' : ''})`
}
