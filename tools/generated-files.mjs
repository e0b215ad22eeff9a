// The generated files: what tools/generators/*.ts make now, and which of them differ from what is committed.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Asks every generator under `root`: `generate()` gives `{ path, text }[]`, each path from the root and made by one generator alone. */
export async function generatedFiles(root) {
  const folder = join(root, 'tools', 'generators')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')) : []
  const files = []
  for (const name of names.sort()) {
    const { generate } = await import(pathToFileURL(join(folder, name)).href)
    files.push(...(await generate()))
  }
  const paths = files.map(({ path }) => path)
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice) throw new Error(`${twice} is made by two generators.`)
  return files
}

/** The paths of those that are missing or differ by a single byte. */
export function differingFiles(root, files) {
  const same = ({ path, text }) => existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text
  return files.filter((file) => !same(file)).map(({ path }) => path)
}

/** Writes those of `files` whose path is in `paths`. */
export function writeFiles(root, files, paths) {
  for (const { path, text } of files.filter((file) => paths.includes(file.path))) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
