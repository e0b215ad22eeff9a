// A real mail server for tests: takes letters over SMTP on a free port, keeps them parsed, and can be told to refuse, to stop and to come back.
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface SmtpSink {
  readonly url: string
  /** What was taken, oldest first. */
  readonly letters: Email[]
  /** The answer to every recipient from now on, for instance 550 or 451; undefined takes everything. */
  answerWith(code: number | undefined): void
  /** No longer listens; the port stays known. */
  stop(): Promise<void>
  /** Listens again on the same port. */
  start(): Promise<void>
}

export async function smtpSink(): Promise<SmtpSink> {
  const letters: Email[] = []
  let refusal: number | undefined
  let port = 0
  let server: SMTPServer | undefined
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const starting = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        disableReverseLookup: true,
        closeTimeout: 50,
        onRcptTo: (_address, _session, done) =>
          refusal === undefined ? done() : done(Object.assign(new Error('refused here'), { responseCode: refusal })),
        onData: (stream, _session, done) => {
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('end', () => {
            PostalMime.parse(Buffer.concat(parts)).then((email) => {
              letters.push(email)
              done()
            }, done)
          })
        },
      })
      starting.on('error', reject)
      server = starting
      starting.listen(port, '127.0.0.1', () => {
        port = (starting.server.address() as { port: number }).port
        resolve()
      })
    })
  await listen()
  return {
    get url() {
      return `smtp://127.0.0.1:${port}`
    },
    letters,
    answerWith: (code) => {
      refusal = code
    },
    stop: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
    start: listen,
  }
}
