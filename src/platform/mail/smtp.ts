// Hands one letter to the mail server, and says what became of it in words that a retry can decide by.
import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'

export interface OutgoingLetter {
  /** Unique and stable: a repeat after a crash carries the same Message-ID, so that it can be recognised. */
  readonly id: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Letters about one thing share it, and mail programs show them together. */
  readonly thread: string | null
  /** Where its reader declines such letters with one POST (RFC 8058); null: nobody may decline it. */
  readonly unsubscribe: string | null
}

/**
 * `sent`: the server took it. `rejected`: the server said no to this very letter for good. `postponed`: it said "not now" to this letter.
 * `unreachable`: nothing is known about the letter, the server itself is the trouble (away, signing in, TLS), so others would fare the same.
 */
export type MailOutcome = { readonly kind: 'sent' } | { readonly kind: 'rejected' | 'postponed' | 'unreachable'; readonly why: string }

export interface MailServer {
  send(letter: OutgoingLetter): Promise<MailOutcome>
  /** The Message-ID that a letter with this id has. */
  messageId(id: string): string
  close(): void
}

/** How long a server may stay silent; with the connections it bounds how long a batch can take. */
const defaults = { pool: true, maxConnections: 3, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/** A mail server by its address; query parameters such as `?requireTLS=true` are nodemailer's and win over ours. */
export function createMailServer(smtpUrl: string, from: string): MailServer {
  const address = new URL(smtpUrl)
  for (const [name, value] of Object.entries(defaults)) if (!address.searchParams.has(name)) address.searchParams.set(name, String(value))
  const transport = createTransport(address.href, { disableFileAccess: true, disableUrlAccess: true })
  const host = hostOf(from)
  const messageId = (id: string) => `<${id}@${host}>`
  return {
    messageId,
    async send(letter) {
      try {
        await transport.sendMail(
          envelope(letter, from, messageId(letter.id), letter.thread === null ? undefined : threadRoot(letter.thread, host)),
        )
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error as SmtpError)
      }
    },
    close: () => transport.close(),
  }
}

function envelope({ to, subject, text, html, unsubscribe }: OutgoingLetter, from: string, messageId: string, root: string | undefined) {
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId,
    ...(root === undefined ? {} : { inReplyTo: root, references: [root] }),
    // Holiday answers and other robots leave such letters alone (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...oneClick(unsubscribe) },
  }
}

/** Mail programs show a button of their own for these, and post to the address when it is clicked. */
const oneClick = (address: string | null): Record<string, string> =>
  address === null ? {} : { 'List-Unsubscribe': `<${address}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }

/** An id that all letters of a thread refer to; no letter has it. A hash, because a thread's name may tell more than the letter does. */
function threadRoot(thread: string, host: string): string {
  return `<thread.${createHash('sha256').update(thread).digest('hex').slice(0, 32)}@${host}>`
}

const hostOf = (from: string) => /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'

type SmtpError = Error & { code?: string; responseCode?: number; response?: string }

/** Codes of nodemailer for trouble with one letter; everything else is trouble with the server. */
const aboutTheLetter = new Set(['EENVELOPE', 'EMESSAGE', 'ESTREAM'])

function outcomeOf(error: SmtpError): MailOutcome {
  const why = (error.response ?? error.message).slice(0, 500)
  if (!aboutTheLetter.has(error.code ?? '')) return { kind: 'unreachable', why }
  // 421 and 454 end the whole conversation; other 4xx postpone this letter, 5xx refuse it.
  if (error.responseCode === 421 || error.responseCode === 454) return { kind: 'unreachable', why }
  return { kind: (error.responseCode ?? 500) >= 500 ? 'rejected' : 'postponed', why }
}
