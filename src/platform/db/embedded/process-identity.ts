/** Tells one process from another that later got the same number. */
import { readFileSync, readlinkSync } from 'node:fs'

/** A process as it is written beside a lock. What cannot be known on this system is missing. */
export interface ProcessIdentity {
  readonly pid: number
  /** Which start of the machine. */
  readonly boot?: string
  /** Which numbering of processes: a container has its own. */
  readonly namespace?: string
  /** When the process started, in ticks since the machine did. */
  readonly startedAt?: string
}

export function thisProcess(): ProcessIdentity {
  return identityOf(process.pid)
}

export function identityOf(pid: number): ProcessIdentity {
  const boot = known(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const namespace = known(() => readlinkSync('/proc/self/ns/pid'))
  const startedAt = known(() => startOf(readFileSync(`/proc/${pid}/stat`, 'utf8')))
  return { pid, ...(boot && { boot }), ...(namespace && { namespace }), ...(startedAt && { startedAt }) }
}

/** Whether this very process is alive. Only `true` when that is certain: another numbering, or too little known, is `false`. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identityOf(identity.pid)
  if (identity.startedAt === undefined || now.startedAt === undefined) return false
  return identity.boot === now.boot && identity.namespace === now.namespace && identity.startedAt === now.startedAt
}

/** The 22nd field of `stat`; the second is the name in parentheses and may hold anything, so count from the last `)`. */
function startOf(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isDead = fields[0] === 'Z' || fields[0] === 'X'
  return isDead ? undefined : fields[19]
}

function known<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
