// Lines of a file, whatever wrote it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkText } from './check-line.ts'
import { longestLine, type NumberedLine, readLines } from './read-lines.ts'

async function linesOf(chunks: readonly Uint8Array[]): Promise<NumberedLine[]> {
  async function* bytes() {
    yield* chunks
  }
  const read: NumberedLine[] = []
  for await (const line of readLines(bytes())) read.push(line)
  return read
}

test('a byte order mark, Windows line ends and empty lines do no harm, and lines keep their numbers', async () => {
  expect(await linesOf([Buffer.from('\ufeffone\r\n\r\n  two\n\nthree')])).toEqual([
    { line: 1, text: 'one' },
    { line: 3, text: 'two' },
    { line: 5, text: 'three' },
  ])
})

test('however a file is cut into pieces, its lines are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })), fc.integer({ min: 1, max: 5 }), async (texts, size) => {
      const file = Buffer.from(texts.map((text) => text.replace(/[\r\n]/g, ' ')).join('\n'))
      const pieces = Array.from({ length: Math.ceil(file.length / size) }, (_, place) => file.subarray(place * size, (place + 1) * size))
      expect(await linesOf(pieces)).toEqual(await linesOf([file]))
    }),
  )
})

test('bytes that are no UTF-8 and endless lines are faults of their own line', async () => {
  const endless = Buffer.alloc(longestLine + 1, 'x')
  const read = await linesOf([Buffer.from('a\n'), Buffer.from([0xff, 0xfe, 10]), endless, Buffer.from('\nb\n')])
  expect(read.map(({ line, text, fault }) => [line, text, fault?.slice(0, 30)])).toEqual([
    [1, 'a', undefined],
    [2, undefined, 'expected UTF-8 text; the line '],
    [3, undefined, 'expected at most 16000000 byte'],
    [4, 'b', undefined],
  ])
})

test('a line that is no object of a known kind says what was expected', () => {
  const faultOf = (text: string) => {
    const checked = checkText(7, text)
    return 'faults' in checked ? checked.faults.map(({ line, field, expected }) => `${line} ${field}: ${expected}`) : []
  }
  expect(faultOf('[1]')).toEqual(['7 : expected one JSON object on the line'])
  expect(faultOf('{"kind":"constructor"}')[0]).toMatch(/^7 kind: expected one of vendor, customer/)
  expect(faultOf('{"kind":"customer","id":"a","name":"A","__proto__":{"x":1}}')).toEqual(['7 __proto__: expected no such field'])
  expect(
    faultOf(
      '{"kind":"record","recordKind":"service_request","id":"a","customer":"c","title":"t","state":"new","createdAt":"2026-02-30T25:00:00Z"}',
    ),
  ).toEqual(['7 createdAt: expected an instant with its offset, such as 2026-11-21T09:00:00Z, from 1900 to 9999'])
  expect(
    faultOf('{"kind":"grant","id":"a","customer":"c","grantee":{"partner":"p","vendor":"v"},"level":"look","endsOn":"2027-01-01"}'),
  ).toEqual(['7 grantee: expected one of {"customer": id}, {"partner": id}, {"vendor": id}'])
  expect(faultOf('{"kind":"grant","id":"a","customer":"c","grantee":{"partner":"p"},"level":"look"}')).toEqual([
    '7 until: expected either until (an instant) or endsOn (the last day)',
  ])
})
