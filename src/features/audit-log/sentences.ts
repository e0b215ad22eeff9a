// Says an entry of the history in one plain sentence, from its data: names as they were, so that it stays readable when the people are gone.

/** What an entry is made of. `detail` is data that features wrote; every field of it may be absent. */
export interface Entry {
  readonly what: string
  readonly who: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** Words of the portal definition that entries hold as codes. */
export interface Words {
  readonly level: (code: string) => string
  readonly state: (kind: string, code: string) => string
  /** What one record of the kind is called, or undefined where the word names no kind. */
  readonly one: (kind: string) => string | undefined
  readonly date: (date: string) => string
}

type Say = (entry: Entry, words: Words) => string

/** The sentence of an entry. What nobody wrote a sentence for is still said: who, and what in its own words. */
export function sentenceOf(entry: Entry, words: Words): string {
  const [thing = '', deed = ''] = entry.what.split('.')
  const sentence =
    sentences[entry.what]?.(entry, words) ?? (words.one(thing) === undefined ? undefined : recordSentences[deed]?.(entry, words))
  return sentence ?? `${entry.who}: ${entry.what.replace(/[._]/g, ' ')}.`
}

const text = ({ detail }: Entry, field: string): string | undefined => {
  const value = detail[field]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
const or = (value: string | undefined, instead: string): string => value ?? instead
const part = (before: string, value: string | undefined, after = ''): string =>
  value === undefined || value === '' ? '' : before + value + after

const numbered = (prefix: string, number: string | undefined): string =>
  number === undefined ? 'access' : /^\d+$/.test(number) ? prefix + number : number
const accessOf = (entry: Entry): string => {
  const person = text(entry, 'person')
  const partner = or(text(entry, 'partner'), 'the partner')
  const group = text(entry, 'group')
  if (person !== undefined) return `${person} (${partner})`
  return group === undefined ? `everyone at ${partner}` : `the group “${group}” (${partner})`
}
const levelOf = (detail: Readonly<Record<string, unknown>>, words: Words): string | undefined => {
  const name = detail['levelName'] ?? (typeof detail['level'] === 'string' ? words.level(detail['level']) : undefined)
  return typeof name === 'string' ? name : undefined
}
const until = (detail: Readonly<Record<string, unknown>>, words: Words): string => {
  const day = detail['endsOn'] ?? detail['until']
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}/.test(day) ? ` until ${words.date(day.slice(0, 10))}` : ''
}
const before = ({ detail }: Entry, words: Words): string => {
  const was = detail['before']
  if (typeof was !== 'object' || was === null) return ''
  const level = levelOf(was as Record<string, unknown>, words)
  return level === undefined ? '' : ` Before: ${level}${until(was as Record<string, unknown>, words)}.`
}
const why = (entry: Entry, field = 'reason'): string => part(' Reason: “', text(entry, field), '”.')
/** "Work on requests for everyone at Larkfield, See all requests for Tom Okafor" */
const items = ({ detail }: Entry, field: string, words: Words, partner: string): string => {
  const list = Array.isArray(detail[field]) ? (detail[field] as Record<string, unknown>[]) : []
  return list
    .map(
      (item) =>
        `${or(levelOf(item, words), 'access')} for ${typeof item['person'] === 'string' ? item['person'] : `everyone at ${partner}`}`,
    )
    .join(', ')
}
const request = (entry: Entry): string => `request ${numbered('R-', text(entry, 'number'))}${part(' of ', text(entry, 'partner'))}`
const access: (deed: string) => Say = (deed) => (entry, words) =>
  `${entry.who} ${deed} ${accessOf(entry)}${deed === 'gave' ? ' ' : ': '}${or(levelOf(entry.detail, words), 'access')}${until(entry.detail, words)} (${numbered('A-', text(entry, 'number'))}).${before(entry, words)}${why(entry)}`
const self: (deed: string) => Say = (deed) => (entry) => `${or(text(entry, 'person'), entry.who)} ${deed}.`

const sentences: Readonly<Record<string, Say>> = {
  'access_request.asked': (entry, words) =>
    `${entry.who} asked ${or(text(entry, 'addressedTo'), 'a customer')} for access${until(entry.detail, words)}: ${items(entry, 'asked', words, or(text(entry, 'partner'), 'the partner'))} (${numbered('R-', text(entry, 'number'))}).${why(entry)}`,
  'access_request.approved': (entry, words) =>
    `${entry.who} approved ${request(entry)}: ${items(entry, 'given', words, or(text(entry, 'partner'), 'the partner'))}${until({ until: entry.detail['until'] }, words)}.`,
  'access_request.approved_first': (entry, words) =>
    `${entry.who} approved ${request(entry)} as the first of two: ${items(entry, 'given', words, or(text(entry, 'partner'), 'the partner'))}${until({ until: entry.detail['until'] }, words)}. Nothing is given yet.`,
  'access_request.denied': (entry) => `${entry.who} declined ${request(entry)}.${why(entry, 'why')}`,
  'access_request.withdrawn': (entry) => `${entry.who} withdrew ${request(entry)}.`,
  'access_request.lapsed': (entry) => `Nobody answered ${request(entry)}, so it lapsed.`,
  'grant.given': access('gave'),
  'grant.changed': access('changed the access of'),
  'grant.extended': access('extended the access of'),
  'grant.confirmed': access('confirmed the imported access of'),
  'grant.removed': (entry, words) =>
    `${entry.who} removed the access of ${accessOf(entry)}: ${or(levelOf(entry.detail, words), 'access')}${until(entry.detail, words)} (${numbered('A-', text(entry, 'number'))}).${why(entry, 'why')}`,
  'grant.restored': (entry, words) =>
    `${entry.who} undid the removal of the access of ${accessOf(entry)}: ${or(levelOf(entry.detail, words), 'access')}${until(entry.detail, words)} (${numbered('A-', text(entry, 'number'))}, before ${or(text(entry, 'was'), 'another')}).`,
  'grant.relinquished': (entry, words) =>
    `${entry.who} gave up the access of ${accessOf(entry)}${part(' at ', text(entry, 'customer'))}: ${or(levelOf(entry.detail, words), 'access')}${until(entry.detail, words)} (${numbered('A-', text(entry, 'number'))}).${why(entry, 'why')}`,
  'partner.removed': (entry) =>
    `${entry.who} removed everything that ${or(text(entry, 'partner'), 'a partner')} had at ${or(text(entry, 'customer'), 'the customer')} (${or(text(entry, 'number'), 'a receipt')}).${why(entry, 'why')}`,
  'removal.undone': (entry) => `${entry.who} undid the removal ${or(text(entry, 'number'), '')}${part(' of ', text(entry, 'partner'))}.`,
  'organization.suspended': (entry) => `${entry.who} suspended ${or(text(entry, 'organization'), 'an organization')}.${why(entry, 'why')}`,
  'organization.unsuspended': (entry) =>
    `${entry.who} lifted the suspension of ${or(text(entry, 'organization'), 'an organization')}.${why(entry, 'why')}`,
  'grant.reminded': (entry, words) =>
    `Both sides were reminded that the access of ${accessOf(entry)} ends: ${or(levelOf(entry.detail, words), 'access')}${until(entry.detail, words)} (${numbered('A-', text(entry, 'number'))}).`,
  'access_request.reminded': (entry) => `Whoever may answer ${request(entry)} was reminded that it is about to lapse.`,
  'notice.sent': (entry) =>
    `${entry.who} wrote “${or(text(entry, 'subject'), '')}” to everybody who gets “${or(text(entry, 'notice'), 'notices')}” about ${or(text(entry, 'customer'), 'a customer')}.`,
  'notice.chosen': (entry) =>
    `${entry.who} chose how to get “${or(text(entry, 'notice'), 'a notice')}” about ${or(text(entry, 'customer'), 'a customer')}.`,
  'notice.unsubscribed': (entry) =>
    `${or(text(entry, 'person'), 'Somebody')} declined “${or(text(entry, 'notice'), 'a notice')}” about ${or(text(entry, 'customer'), 'a customer')} by the link of a letter.`,
  'grant.ended': (entry, words) =>
    `The access of ${accessOf(entry)} ended: ${or(levelOf(entry.detail, words), 'access')}${until(entry.detail, words)}.`,
  'grant.not_given': (entry) =>
    `${entry.who} wanted to give access to ${or(text(entry, 'email'), 'an address')}, which belongs to nobody there.`,
  'group_member.added': (entry, words) =>
    `${entry.who} added ${or(text(entry, 'person'), 'somebody')} to the group “${or(text(entry, 'group'), '')}”${part(', which has ', levelOf(entry.detail, words))}${part(' at ', text(entry, 'customer'))}.`,
  'group_member.removed': (entry) =>
    `${entry.who} took ${or(text(entry, 'person'), 'somebody')} out of the group “${or(text(entry, 'group'), '')}”${part(' for ', text(entry, 'customer'))}.`,
  'grant.accepted': (entry, words) =>
    `By accepting an invitation, ${accessOf(entry)} got ${or(levelOf(entry.detail, words), 'access')}${until(entry.detail, words)} (${numbered('A-', text(entry, 'number'))}).`,
  'invitation.sent': (entry, words) =>
    `${entry.who} invited ${or(text(entry, 'partner'), 'a partner')}${part(' to be ', levelOf(entry.detail, words))}${until(entry.detail, words)} (${or(text(entry, 'number'), '')}).`,
  'invitation.accepted': (entry) =>
    `${entry.who} accepted the invitation ${or(text(entry, 'number'), '')} of ${or(text(entry, 'customer'), 'a customer')}.`,
  'invitation.declined': (entry) =>
    `${entry.who} declined the invitation ${or(text(entry, 'number'), '')} of ${or(text(entry, 'customer'), 'a customer')}.${why(entry, 'why')}`,
  'invitation.withdrawn': (entry) =>
    `${entry.who} withdrew the invitation ${or(text(entry, 'number'), '')} of ${or(text(entry, 'partner'), 'a partner')}.`,
  'invitation.not_sent': (entry) => `${entry.who} tried a partner ID that nobody has. Nobody was invited.`,
  'invitation_link.made': (entry) =>
    `${entry.who} made a link by which a customer can invite ${or(text(entry, 'partner'), 'the partner')}.`,
  'invitation_link.ended': (entry) => `${entry.who} ended a link for invitations.`,
  'relationship.ended': (entry) =>
    `${entry.who} ended the work of ${or(text(entry, 'partner'), 'a partner')} for ${or(text(entry, 'customer'), 'a customer')}.${why(entry, 'why')}`,
  'person.added': (entry) =>
    `${entry.who} added ${or(text(entry, 'person'), 'somebody')}${part(' (', text(entry, 'email'), ')')} to the people of ${or(text(entry, 'organization'), 'the organization')}${part(', as ', text(entry, 'roles'))}.`,
  'person.roles_changed': (entry) =>
    `${entry.who} changed the roles of ${or(text(entry, 'person'), 'somebody')} to ${or(text(entry, 'roles'), 'none')}.${part(' Before: ', text(entry, 'before'), '.')}`,
  'person.validated': (entry) => `${entry.who} marked ${or(text(entry, 'person'), 'somebody')} as validated.`,
  'person.not_validated': (entry) => `${entry.who} marked ${or(text(entry, 'person'), 'somebody')} as not validated.`,
  'person.disabled': (entry) =>
    `${entry.who} ended the entry of ${or(text(entry, 'person'), 'somebody')} at ${or(text(entry, 'organization'), 'the organization')}.`,
  'person.joined': (entry) =>
    `${entry.who} added ${or(text(entry, 'person'), 'somebody')} to the people of ${or(text(entry, 'partner'), 'the partner')}.`,
  'person.left': (entry) =>
    `${or(text(entry, 'person'), 'Somebody')} left ${or(text(entry, 'organization'), 'their organization')}${part(' and reaches nothing of ', text(entry, 'customer'), ' any more')}.`,
  'relationship.begun': (entry) =>
    `${or(text(entry, 'partner'), 'A partner')} began to work with ${or(text(entry, 'customer'), 'a customer')}.`,
  'session.started': (entry) =>
    `${or(text(entry, 'person'), entry.who)} signed in with ${text(entry, 'how') === 'passkey' ? 'a passkey' : 'a mailed code'}.`,
  'session.ended': self('signed out'),
  'session.ended_everywhere': self('signed out everywhere'),
  'session.locked': (entry) => `${entry.who} locked their screen to ${or(text(entry, 'customer'), 'one customer')}.`,
  'session.unlocked': self('unlocked their screen'),
  'look.started': (entry) =>
    `${entry.who} began to look through the eyes of ${or(text(entry, 'person'), 'an ordinary person')} of ${or(text(entry, 'partner'), 'a partner')} at ${or(text(entry, 'customer'), 'the customer')}. Nothing done in a look counts.`,
  'look.stopped': (entry) =>
    `${entry.who} stopped looking through the eyes of ${or(text(entry, 'person'), 'an ordinary person')} of ${or(text(entry, 'partner'), 'a partner')}.`,
  'passkey.offered': self('began to add a passkey'),
  'passkey.added': (entry) => `${or(text(entry, 'person'), entry.who)} added the passkey ${or(text(entry, 'passkey'), '')}.`,
  'passkey.removed': (entry) => `${or(text(entry, 'person'), entry.who)} removed the passkey ${or(text(entry, 'passkey'), '')}.`,
  'sign_in.code_asked': (entry) => `A code to sign in was asked for${part(' for ', text(entry, 'person'))}.`,
  'sign_in.code_tried': () => 'A code to sign in was tried.',
  'sign_in.too_many': (entry) => `Too many codes to sign in were asked for${part(' for ', text(entry, 'person'))}.`,
  'api_key.created': (entry, words) =>
    `${entry.who} made the API key ${or(text(entry, 'key'), '')}${part(' for ', text(entry, 'organization'))}${until(entry.detail, words)}.`,
  'api_key.ended': (entry) => `${entry.who} ended the API key ${or(text(entry, 'key'), '')}${part(' of ', text(entry, 'organization'))}.`,
  'portal_definition.applied': (entry) =>
    `${entry.who} put version ${or(text(entry, 'version'), '')} of the portal definition in force${part(' (', text(entry, 'portal'), ')')}.`,
  'person.changed': (entry) => `${entry.who} changed their own profile.`,
  'letter.dropped': (entry) =>
    `The letter “${or(text(entry, 'subject'), '')}”${part(' to ', text(entry, 'to'))} was not sent. ${or(text(entry, 'reason'), '')}`.trim(),
  'letter.dead': (entry) =>
    `The letter “${or(text(entry, 'subject'), '')}”${part(' to ', text(entry, 'to'))} could not be delivered and was given up.`,
  'letter.resent': (entry) =>
    `${or(text(entry, 'by'), 'The operator')} sent the letter “${or(text(entry, 'subject'), '')}”${part(' to ', text(entry, 'to'))} again.`,
  'import.started': (entry) => `${entry.who} began to import ${or(text(entry, 'file'), 'a file')}.`,
  'import.batch': (entry) => `${entry.who} imported a batch of ${or(text(entry, 'kind'), 'line').replace(/_/g, ' ')} lines.`,
  'import.done': (entry) => `${entry.who} finished an import.`,
  'import.failed': (entry) => `${entry.who} broke off an import.`,
  'import.undone': (entry) => `${entry.who} undid the import of ${or(text(entry, 'file'), 'a file')}.`,
  refused: (entry) =>
    `${entry.who} tried something that is not allowed${part(' (', text(entry, 'action')?.replace(/[:_]/g, ' '), ')')}. Nothing was changed.`,
}

// The title of a record is left out: whoever reads the history of a partner may have lost the right to see the record.
const theRecord = (entry: Entry): string => or(text(entry, 'number'), 'a record')
const forWhom = (entry: Entry): string => part(' for ', text(entry, 'for'))
const onRecord: (deed: string) => Say = (deed) => (entry) => `${entry.who} ${deed} ${theRecord(entry)}${forWhom(entry)}.`
const withPerson = (entry: Entry): string => `${or(text(entry, 'person'), 'somebody')}${part(' (', text(entry, 'organization'), ')')}`

const recordSentences: Readonly<Record<string, Say>> = {
  opened: onRecord('opened'),
  replied: onRecord('answered'),
  asked_for_account: (entry) =>
    `${entry.who} asked in ${theRecord(entry)}${forWhom(entry)} for: ${or(text(entry, 'name'), '')}. It counts as the word of the ${or(text(entry, 'countsAs'), 'customer')}.`,
  changed: onRecord('changed'),
  closed: onRecord('closed'),
  reopened: onRecord('opened again'),
  state: (entry, words) => {
    const kind = entry.what.split('.')[0] ?? ''
    return `${entry.who} set ${theRecord(entry)}${forWhom(entry)} to ${words.state(kind, or(text(entry, 'to'), ''))}.`
  },
  contact_added: (entry) => `${entry.who} copied in ${withPerson(entry)} on ${theRecord(entry)}${forWhom(entry)}.`,
  contact_removed: (entry) => `${entry.who} took ${withPerson(entry)} off ${theRecord(entry)}${forWhom(entry)}.`,
  point_of_contact: (entry) => `${entry.who} made ${withPerson(entry)} the point of contact of ${theRecord(entry)}${forWhom(entry)}.`,
  file_added: (entry) => `${entry.who} added the file ${or(text(entry, 'name'), '')} to ${theRecord(entry)}${forWhom(entry)}.`,
  file_read: (entry) => `${entry.who} downloaded the file ${or(text(entry, 'name'), '')} of ${theRecord(entry)}${forWhom(entry)}.`,
}
