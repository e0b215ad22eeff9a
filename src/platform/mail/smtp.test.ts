// Letters over a real SMTP connection, and what is said of each failure.
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SmtpSink, smtpSink } from '../../../test/smtp-sink.ts'
import { letterContent } from './letter.ts'
import { createMailServer } from './smtp.ts'

let sink: SmtpSink
beforeAll(async () => {
  sink = await smtpSink()
})
afterAll(() => sink.stop())

const content = letterContent({
  subject: 'Größe & Maß',
  lines: ['Première ligne à 5 €.'],
  link: { text: 'Open', url: 'https://portal.example/asks/R-12' },
})
const letter = (id: string, thread: string | null = null) => ({
  id,
  to: { name: 'Dana "the boss" Lee, Ana', address: 'dana@acme.example' },
  thread,
  unsubscribe: null,
  ...content,
})

test('a letter arrives with both forms, its sender, its recipient and a stable Message-ID', async () => {
  const server = createMailServer(sink.url, 'Portal <portal@vendor.example>')
  expect(await server.send(letter('one', 'record/1'))).toEqual({ kind: 'sent' })
  expect(await server.send(letter('two', 'record/1'))).toEqual({ kind: 'sent' })
  server.close()
  const [first, second] = sink.letters
  expect(first).toMatchObject({
    from: { name: 'Portal', address: 'portal@vendor.example' },
    to: [{ name: 'Dana "the boss" Lee, Ana', address: 'dana@acme.example' }],
    subject: 'Größe & Maß',
    messageId: '<one@vendor.example>',
  })
  expect(first?.text?.trim()).toBe(content.text.trim())
  expect(first?.html?.trim()).toBe(content.html.trim())
  expect(first?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  expect(second?.references).toBe(first?.references)
  expect(first?.references).toMatch(/^<thread\.[0-9a-f]{32}@vendor\.example>$/)
})

test('a refused recipient is rejected, a postponed one is postponed, each with the answer of the server', async () => {
  const server = createMailServer(sink.url, 'portal@vendor.example')
  sink.answerWith(550)
  expect(await server.send(letter('a'))).toEqual({ kind: 'rejected', why: '550 refused here' })
  sink.answerWith(451)
  expect(await server.send(letter('b'))).toEqual({ kind: 'postponed', why: '451 refused here' })
  sink.answerWith(undefined)
  server.close()
})

test('a server that is down or that is no mail server is unreachable: the letter is not to blame', async () => {
  await sink.stop()
  const down = createMailServer(sink.url, 'portal@vendor.example')
  expect((await down.send(letter('c'))).kind).toBe('unreachable')
  down.close()
  const strange = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
  await new Promise((resolve) => strange.once('listening', resolve))
  const noMail = createMailServer(`smtp://127.0.0.1:${(strange.address() as { port: number }).port}`, 'portal@vendor.example')
  expect((await noMail.send(letter('d'))).kind).toBe('unreachable')
  noMail.close()
  strange.close()
  await sink.start()
})
