// What the tests need from the operating system: a browser and a PostgreSQL, from Debian's own packages.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { postgresPrograms } from './private-postgres.mjs'
import { run, step } from './steps.mjs'

/** Installs what is missing where it may; else returns the sentence that says what to install. */
export async function installFromDebian() {
  const missing = missingPackages()
  if (missing.length === 0) return undefined
  const advice = `The tests need ${missing.join(' and ')}: run \`sudo apt-get install ${missing.join(' ')}\`, then \`npm test\` again.`
  const prefix = await waysToBecomeRoot()
  if (!prefix || !isProgram('apt-get')) return advice
  const aptGet = (...args) => run(prefix[0] ?? 'apt-get', [...(prefix[0] ? [...prefix.slice(1), 'apt-get'] : []), ...args], quietly)
  await step(`installing ${missing.join(' and ')} with apt-get`, async () => {
    await aptGet('update', '-qq')
    await aptGet('install', '-y', '-qq', '--no-install-recommends', ...missing)
  })
  return missingPackages().length === 0 ? undefined : advice
}

const quietly = { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }

function missingPackages() {
  return [isProgram('chromium') ? [] : ['chromium'], postgresPrograms() ? [] : ['postgresql']].flat()
}

/** The words to put before a command so that it runs as root: none for root, `sudo -n` where no password is asked, else undefined. */
async function waysToBecomeRoot() {
  if (process.getuid?.() === 0) return []
  const { code } = await run('sudo', ['-n', 'true'], { quiet: true })
  return code === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined
}

function isProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
