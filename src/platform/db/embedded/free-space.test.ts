import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { NoRoom } from '../errors.ts'
import { FreeSpace } from './free-space.ts'

test('a disk that cannot be asked how much room it has takes no writes', () => {
  const space = new FreeSpace({ directory: '/no/such/disk', watermark: 1 })
  expect(space.report()).toEqual({ ok: false, freeBytes: undefined, watermark: 1 })
  expect(() => space.assertWritable()).toThrow(NoRoom)
  expect(() => space.assertWritable()).toThrow('has an unknown amount free')
})

test('the real disk is asked, and a watermark above what it has refuses', () => {
  const { freeBytes = 0, ok } = new FreeSpace({ directory: tmpdir(), watermark: 1 }).report()
  expect(ok).toBe(true)
  expect(freeBytes).toBeGreaterThan(1_048_576)
  expect(new FreeSpace({ directory: tmpdir(), watermark: freeBytes * 2 }).report().ok).toBe(false)
})

test('a thousand writes ask the disk once', () => {
  let asked = 0
  const read = () => {
    asked += 1
    return 10
  }
  const space = new FreeSpace({ directory: '/anywhere', watermark: 10, read })
  for (let write = 0; write < 1000; write += 1) space.assertWritable()
  expect(asked).toBeLessThan(3)
})
