// What a customer can give, in words: to whom, how narrowly, for how long, and what is never given.
import { type AllowanceLaw, allowancesOf, type Grantee, type Law, type NoticeLaw } from '../../law/law.ts'
import type { PortalDefinition } from '../schema.ts'
import { indented, listed, said } from './text-table.ts'

const shapes = {
  ladder: 'One level of a ladder, each including the one before; rights beside it where there are some.',
  roles: 'Any of some roles; they add up.',
  rights: 'The Administrator, or any of some rights; they add up.',
} as const

const granteeWords: Readonly<Record<Grantee, string>> = {
  organization: 'everyone at a partner',
  group: 'a group that the partner fills',
  person: "one of a partner's people",
  vendor_person: "one of the vendor's people",
}

export function givenWords(definition: PortalDefinition, law: Law): string {
  const { reserved = [] } = definition.access ?? {}
  const { precedence, grantees, term, requests } = law
  return [
    shapes[law.shape],
    ...allowancesOf(law).map((one) => indented(allowanceWords(one))),
    `To: ${listed(grantees.map((one) => granteeWords[one]))}.`,
    ...(precedence.length > 1 ? [`Of several, the most specific counts, also where it gives less: ${precedence.join(' before ')}.`] : []),
    `For: ${term.default} unless said otherwise, ${term.longest} at most.`,
    ...(reserved.length === 0 ? [] : [`Reserved, so that nothing can give it: ${listed(reserved)}.`]),
    ...(requests.answeredBy.length === 0
      ? []
      : [`Asked for: answered by ${listed(requests.answeredBy.map(said), 'or')}; lapses after ${requests.lapseAfter}.`]),
    ...(requests.secondFor.length === 0 ? [] : [`Two people approve: ${listed(requests.secondFor)}.`]),
    ...[...law.notices.values()].map(noticeWords),
    ...(law.invitations === null ? [] : [`Partners are invited, and accept; an invitation lapses after ${law.invitations.lapseAfter}.`]),
  ].join('\n')
}

const noticeWords = ({ code, name, says, whenOpened }: NoticeLaw): string =>
  `Notice ${code}: “${name}”. ${says}${whenOpened === null ? '' : ` Chosen by each, whenever a ${whenOpened} is opened.`}`

function allowanceWords({ code, name, says, aliases, notices, scopes }: AllowanceLaw): string {
  const narrow = { sites: 'named sites', records: 'named records' } as const
  return [
    `${code}: “${name}”. ${says}`,
    ...(aliases.length === 0 ? [] : [`Also called ${listed(aliases)}.`]),
    ...(scopes.length === 0 ? [] : [`For ${listed(scopes.map((scope) => narrow[scope]))} too.`]),
    ...(notices.length === 0 ? [] : [`With it come notices: ${listed(notices)}.`]),
  ].join(' ')
}
