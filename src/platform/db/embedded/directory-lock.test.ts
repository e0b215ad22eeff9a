import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Child, scratchDirectory, startChild } from '../scratch.test-support.ts'
import { DirectoryLocked, DirectoryUnusable, lockDirectory, lockDirectoryForReading } from './directory-lock.ts'
import { identityOf, isAlive } from './process-identity.ts'

const lockOnDemand = `
  import { createInterface } from 'node:readline'
  import { lockDirectory } from '$src/embedded/directory-lock.ts'
  let lock
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, directory] = line.split(' ')
    if (word === 'release') { lock?.release(); lock = undefined; console.log('released') }
    if (word === 'take') {
      try { lock = lockDirectory(directory); console.log('taken') } catch (error) { console.log(error.name + ' ' + error.message) }
    }
  }`

async function ask(child: Child, line: string): Promise<string> {
  child.tell(line)
  return child.line()
}

test('a directory that another process holds is refused, naming the directory and the pid', async () => {
  const directory = await scratchDirectory()
  const child = startChild(lockOnDemand)
  expect(await ask(child, `take ${directory}`)).toBe('taken')

  let refusal: unknown
  try {
    lockDirectory(directory)
  } catch (error) {
    refusal = error
  }

  expect(refusal).toBeInstanceOf(DirectoryLocked)
  expect((refusal as Error).message).toBe(
    `The data directory ${directory} is in use by another process (pid ${child.process.pid}). Stop that one first, or use another directory.`,
  )
  expect(await ask(child, 'release')).toBe('released')
  lockDirectory(directory).release()
})

test('the lock of a process that was killed is taken over at once', async () => {
  const directory = await scratchDirectory()
  const child = startChild(lockOnDemand)
  expect(await ask(child, `take ${directory}`)).toBe('taken')
  await child.kill9()
  expect(existsSync(join(directory, 'lock-holder.json'))).toBe(true)

  const lock = lockDirectory(directory)

  expect(JSON.parse(await readFile(join(directory, 'lock-holder.json'), 'utf8'))).toMatchObject({ pid: process.pid })
  lock.release()
})

test('of four processes that ask at the same instant exactly one gets the directory, in each of twenty rounds', async () => {
  const directory = await scratchDirectory()
  const children = Array.from({ length: 4 }, () => startChild(lockOnDemand))
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(children.map((child) => ask(child, `take ${directory}`)))
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1)
    expect(answers.filter((answer) => answer.startsWith('DirectoryLocked'))).toHaveLength(3)
    await Promise.all(children.map((child) => ask(child, 'release')))
  }
})

test('a process that has the directory does not get it a second time', async () => {
  const directory = await scratchDirectory()
  const lock = lockDirectory(directory)
  expect(() => lockDirectory(directory)).toThrow(/in use by this very process/)
  lock.release()
  lock.release()
  lockDirectory(directory).release()
})

test('where the file system only pretends to lock, a living process that wrote its name is believed', async () => {
  const directory = await scratchDirectory()
  const child = startChild(lockOnDemand)
  await mkdir(directory)
  await writeFile(join(directory, 'lock-holder.json'), JSON.stringify(identityOf(child.process.pid as number)))
  expect(() => lockDirectory(directory)).toThrow(DirectoryLocked)
  await child.kill9()
  lockDirectory(directory).release()
})

test('a number that now belongs to another process keeps nobody out', async () => {
  const directory = await scratchDirectory()
  const child = startChild(lockOnDemand)
  await mkdir(directory)
  const living = identityOf(child.process.pid as number)
  expect(isAlive(living)).toBe(true)
  const earlier = { ...living, startedAt: String(Number(living.startedAt) - 1) }
  const beforeBoot = { ...living, boot: 'another boot' }
  for (const dead of [earlier, beforeBoot, { pid: living.pid }]) {
    expect(isAlive(dead)).toBe(false)
    await writeFile(join(directory, 'lock-holder.json'), JSON.stringify(dead))
    lockDirectory(directory).release()
  }
})

test('several may read a directory at once, and nobody may write it meanwhile', async () => {
  const directory = await scratchDirectory()
  const first = lockDirectoryForReading(directory)
  const second = lockDirectoryForReading(directory)
  const child = startChild(lockOnDemand)
  expect(await ask(child, `take ${directory}`)).toMatch(/^DirectoryLocked/)
  first.release()
  second.release()
  expect(await ask(child, `take ${directory}`)).toBe('taken')
  expect(() => lockDirectoryForReading(directory)).toThrow(DirectoryLocked)
})

test('a data directory that is a file is refused with a sentence', async () => {
  const directory = await scratchDirectory()
  await writeFile(directory, 'not a directory')
  expect(() => lockDirectory(directory)).toThrow(DirectoryUnusable)
  expect(() => lockDirectory(directory)).toThrow(`The data directory ${directory} cannot be used`)
})
