// What anybody may know of the portal before signing in.
import { type Context, createContext } from '../../context/context.ts'
import { kindWords, leadingPeople, levelWords } from './rules.ts'
import { demoPeople } from './store.ts'

/** The portal's words. A demo also names its people: their mail is on this machine, and there is nothing else in it. */
export async function describePortal({ house, requestRef }: Context) {
  const { law, settings } = house
  const demo = createContext(house, { kind: 'system', task: 'demo' }, requestRef)
  const people = settings.demo ? await demo.reading('system:demo', { kind: 'portal' }, demoPeople) : undefined
  return {
    names: law.names,
    records: kindWords(law),
    levels: levelWords(law),
    term: law.term,
    lapseAfter: law.requests.lapseAfter,
    mail: settings.sendsMail ? ('sent' as const) : ('held' as const),
    demo: settings.demo,
    ...(people ? { demoPeople: leadingPeople(law, people) } : {}),
  }
}
