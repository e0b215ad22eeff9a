// What anybody may know of the portal before signing in.
import { type Context, createContext } from '../../context/context.ts'
import { kindWords, leadingPeople, levelWords, rightWords } from './rules.ts'
import { demoPeople } from './store.ts'

/** The portal's words. A demo also names its people: their mail is on this machine, and there is nothing else in it. */
export async function describePortal({ house, requestRef }: Context) {
  const { settings } = house
  // Through the door also where there is nobody to name: it sees to it that the law is the one in force.
  const door = createContext(house, { kind: 'system', task: 'describe' }, requestRef)
  const { law, people } = await door.reading('system:describe', { kind: 'portal' }, async (tx) => ({
    law: tx.law,
    people: settings.demo ? await demoPeople(tx) : undefined,
  }))
  return {
    names: { vendor: law.names.vendor, customer: law.names.customer, partner: law.names.partner },
    records: kindWords(law),
    levels: levelWords(law),
    rights: rightWords(law),
    giving: {
      shape: law.shape,
      grantees: [...law.grantees],
      rolesPage: law.names.partner_roles ?? null,
      colleagues: law.colleagues !== null,
    },
    term: law.term,
    lapseAfter: law.requests.lapseAfter,
    mail: settings.sendsMail ? ('sent' as const) : ('held' as const),
    demo: settings.demo,
    ...(people ? { demoPeople: leadingPeople(law, people) } : {}),
  }
}
