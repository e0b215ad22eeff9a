// One description makes both forms of a letter, and nothing in a value can act.
import { expect, test } from 'vitest'
import { letterContent } from './letter.ts'

const sample = letterContent({
  subject: 'Larkfield asks for access to Acme Robotics',
  lines: ['Priya Raman (Larkfield Consulting, priya@larkfield.example) asks for access to Acme Robotics.'],
  facts: [
    ['May do', 'Work on requests (read, answer and close every service request)'],
    ['Who', 'everyone at Larkfield, 14 people today'],
    ['Until', '21 May 2027'],
  ],
  quote: 'We run the v9 migration from 1 Dec, project 4411.',
  after: ['Now they have: See all requests until 30 Nov 2026.'],
  link: { text: 'Read it and answer', url: 'https://portal.example/asks/R-12' },
  footer: ['Opening the link changes nothing. Any contact manager at Acme Robotics can answer.'],
})

test('the plain text reads like a letter', () => {
  expect(sample.text).toBe(`Priya Raman (Larkfield Consulting, priya@larkfield.example) asks for access to Acme Robotics.

  May do  Work on requests (read, answer and close every service request)
  Who     everyone at Larkfield, 14 people today
  Until   21 May 2027

> We run the v9 migration from 1 Dec, project 4411.

Now they have: See all requests until 30 Nov 2026.

Read it and answer: https://portal.example/asks/R-12

Opening the link changes nothing. Any contact manager at Acme Robotics can answer.
`)
})

test('the HTML holds the same facts and the full address, and loads nothing', () => {
  const words = sample.html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
  for (const fact of sample.text.split(/\n|: | {2,}|^> /m).filter((part) => part.trim() !== '')) expect(words).toContain(fact.trim())
  expect(sample.html).toContain('>https://portal.example/asks/R-12</a>')
  expect(sample.html).not.toMatch(/<(img|script|link|iframe)|src=|url\(/i)
})

const hostile = '<img src=x onerror=alert(1)>"\'&</td></table><script>'

test('markup in any value is inert', () => {
  const { html } = letterContent({
    subject: hostile,
    greeting: hostile,
    lines: [hostile],
    facts: [[hostile, hostile]],
    quote: hostile,
    after: [hostile],
    link: { text: hostile, url: 'https://portal.example/?q="><script>' },
    footer: [hostile],
  })
  expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>"/)
  expect(html.match(/&lt;img/g)).toHaveLength(9)
})

test("somebody's own words cannot pass for ours: every line of them is marked", () => {
  const fake = 'Thanks.\n\nRead it and answer: https://evil.example/\r\nOpening the link changes nothing.'
  for (const letter of [letterContent({ subject: 's', lines: ['a', fake] }), letterContent({ subject: 's', lines: ['a'], quote: fake })]) {
    expect(letter.text.split('\n').filter((line) => line.includes('evil') || line.includes('Opening'))).toEqual([
      '> Read it and answer: https://evil.example/',
      '> Opening the link changes nothing.',
    ])
    expect(letter.html).not.toContain('href="https://evil')
  }
  expect(letterContent({ subject: 's', lines: ['a'], facts: [['Why', fake]] }).text).toContain('  Why  Thanks. Read it')
})

test('a subject is one line of at most 300 characters, whatever is in it', () => {
  const { subject } = letterContent({ subject: `Hello\r\nBcc: all@example.org\u202e${'x'.repeat(400)}`, lines: ['a'] })
  expect(subject).toMatch(/^Hello Bcc: all@example.org x+$/)
  expect(subject).toHaveLength(300)
})

test('a link that is no web page is a bug', () => {
  expect(() => letterContent({ subject: 's', lines: [], link: { text: 'a', url: 'javascript:alert(1)' } })).toThrow()
})
