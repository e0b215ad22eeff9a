// Installs the packages of package-lock.json, and only when they are not there already.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, step } from './steps.mjs'

/** Makes node_modules what the lock file says. Exits with npm's own words when that fails. */
export async function installPackages(root) {
  if (packagesMatchLock(root)) return
  const { code, output } = await step('installing packages (the first time, and after an update)', () =>
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root),
  )
  if (code !== 0) {
    console.error(`${output}\nThe packages could not be installed: is the npm registry in reach?`)
    process.exit(1)
  }
}

/** Whether npm's own record of what it installed says the same as the lock file. npm writes it last, so a broken-off install does not match. */
export function packagesMatchLock(root) {
  const installedRecord = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedRecord)) return false
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const installed = packagesOf(installedRecord)
  const wantedHere = Object.entries(wanted).filter(([path, entry]) => path !== '' && (installed[path] || !entry.optional))
  const same = wantedHere.every(([path, entry]) => installed[path]?.version === entry.version)
  return same && Object.keys(installed).every((path) => wanted[path])
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
}

function npm(args, cwd) {
  const script = process.env.npm_execpath
  return script ? run(process.execPath, [script, ...args], { cwd, quiet: true }) : run('npm', args, { cwd, quiet: true })
}
