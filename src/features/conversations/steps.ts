// The conversation of a record inside an open door: its messages and files as people see them, a new message, and letters to those who get a reply.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Letter } from '../../context/post.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import type { RecordFact } from '../../law/facts.ts'
import type { Side } from '../../law/law.ts'
import { actingPerson, type RecordThere, type ReplyRecipient } from '../records/steps.ts'
import { linesOfText, longestBody, mostShown, writesFor } from './rules.ts'
import { filesOf, keepMessage, messagesOf, type StoredFile, type StoredMessage, writingOrganizations } from './store.ts'

export interface FileShown {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly mediaType: string
  readonly createdAt: Instant
  readonly by: string
}

export interface MessageShown {
  readonly id: string
  readonly author: { readonly name: string; readonly organization: string; readonly for: string | null; readonly outside: boolean }
  readonly body: string
  readonly createdAt: Instant
  readonly files: FileShown[]
}

export const shownFile = (file: StoredFile): FileShown => ({
  id: file.id,
  name: file.name,
  size: file.size,
  mediaType: file.media_type,
  createdAt: instantOf(file.created_at),
  by: file.uploaded_by_name,
})

type Organizations = ReadonlyMap<string, { name: string; side: string }>

function shownMessage(message: StoredMessage, { customer }: RecordThere, organizations: Organizations, files: FileShown[]): MessageShown {
  const home = message.author_organization_id
  const organization = home === null ? undefined : organizations.get(home)
  return {
    id: String(message.id),
    author: {
      name: message.author_name,
      organization: organization?.name ?? '',
      for: writesFor((organization?.side as Side | undefined) ?? null, customer.name),
      outside: home !== null && home !== customer.id,
    },
    body: message.body,
    createdAt: instantOf(message.created_at),
    files,
  }
}

/** What was written and attached, the newest thousand of each, oldest first; who wrote for whom. */
export async function conversationOf(tx: ReadTx, there: RecordThere): Promise<{ messages: MessageShown[]; files: FileShown[] }> {
  const messages = await messagesOf(tx, there.record, mostShown)
  const files = await filesOf(tx, there.record, mostShown)
  const organizations = await writingOrganizations(
    tx,
    messages.flatMap((message) => message.author_organization_id ?? []),
  )
  const of = (message: StoredMessage) => files.filter((file) => file.message_id === message.id).map(shownFile)
  return { messages: messages.map((message) => shownMessage(message, there, organizations, of(message))), files: files.map(shownFile) }
}

/** Keeps a message of whoever acts. The text is cleaned and checked (field `body`). */
export async function write(tx: WriteTx, there: RecordThere, text: string): Promise<MessageShown> {
  const person = actingPerson(tx)
  const body = linesOfText('body', text, longestBody)
  const message = await keepMessage(tx, there.record, there.customer.number, {
    authorId: person.personId,
    authorName: person.name,
    authorOrganizationId: person.organizationId,
    body,
  })
  return shownMessage(message, there, new Map([[person.organizationId, { name: person.organizationName, side: person.side }]]), [])
}

/** Letters about one record share a thread. */
export const threadOf = ({ kind, id }: RecordFact): string => `record/${kind}/${id}`

/** Letters about a record, one to each; each is dropped at the moment of sending if its reader may not read the record then. */
export function postTo(
  tx: WriteTx,
  { record, customer }: RecordThere,
  to: readonly Pick<ReplyRecipient, 'personId'>[],
  letter: string,
  content: Pick<Letter, 'subject' | 'text' | 'html'>,
): void {
  const on = { kind: 'record', recordKind: record.kind, id: record.id } as const
  for (const { personId } of to) {
    tx.post({
      letter,
      to: { person: asId<PersonId>(personId) },
      ...content,
      customerId: customer.id,
      onlyIf: { action: `${record.kind}:read`, on },
      notice: 'answers',
      thread: threadOf(record),
    })
  }
}
