// File names and media types from outside stay inert.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attachmentHeader, cleanFileName, safeMediaType } from './file-name-rules.ts'

describe('a file name', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Dana\\log.zip', 'log.zip'],
    ['\u200b.htaccess', 'htaccess'],
    ['\ufeff\u2066..\u2069/\u200dx.txt', 'x.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\u0000b\r\nSet-Cookie: x.txt', 'abSet-Cookie_ x.txt'],
    ['a/', 'a'],
    ['...', 'file'],
    ['', 'file'],
    ['\u3164', 'file'],
    ['NUL', '_NUL'],
    ['com1.txt', '_com1.txt'],
    [`${'a'.repeat(179)}.${'b'.repeat(40)}`, 'a'.repeat(179)],
    ['e\u200b\u0301.txt', 'é.txt'],
    ['e\u0301te\u0301.txt', 'été.txt'],
    ['日本語 の ファイル.txt', '日本語 の ファイル.txt'],
    ['what?"<b>.html', 'what___b_.html'],
  ])('%j is kept as %j', (sent, kept) => {
    expect(cleanFileName(sent)).toBe(kept)
  })

  test('a long name keeps its extension and at most 180 characters', () => {
    expect(cleanFileName(`${'ä'.repeat(400)}.tar`)).toBe(`${'ä'.repeat(176)}.tar`)
    expect([...cleanFileName('😀'.repeat(300))]).toHaveLength(180)
    expect([...cleanFileName(`a.${'b'.repeat(300)}`)]).toHaveLength(180)
  })

  test('whatever is sent, the name is short, visible, without a path, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (sent) => {
        const name = cleanFileName(sent)
        expect([...name].length).toBeGreaterThan(0)
        expect([...name].length).toBeLessThanOrEqual(180)
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|]/u)
        expect(name).not.toMatch(/^\./)
        expect(cleanFileName(name)).toBe(name)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the header of a download', () => {
  test('says attachment, with a plain name and the full one', () => {
    expect(attachmentHeader('été 100%.txt')).toBe(`attachment; filename="_t_ 100_.txt"; filename*=UTF-8''%C3%A9t%C3%A9%20100%25.txt`)
    expect(attachmentHeader("it's (1)*!.txt")).toBe(`attachment; filename="it's (1)_!.txt"; filename*=UTF-8''it%27s%20%281%29_%21.txt`)
  })

  test('nothing in a name can end the header or begin another parameter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (sent) => {
        expect(attachmentHeader(sent)).toMatch(
          /^attachment; filename="[\x20-\x21\x23-\x3a\x3c-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/,
        )
      }),
      { numRuns: 2000 },
    )
  })
})

test('only kinds that run nothing are named; everything else is bytes', () => {
  expect(safeMediaType('image/PNG')).toBe('image/png')
  expect(safeMediaType('text/plain; charset=utf-7')).toBe('text/plain')
  for (const type of [
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'application/javascript',
    'multipart/x',
    '',
    'nonsense',
  ]) {
    expect(safeMediaType(type)).toBe('application/octet-stream')
  }
})
