// One step of a longer job, told on the terminal: what is being done, that it is still going on, how long it took.
import { spawn } from 'node:child_process'

const stillGoingEveryMs = 10_000
let exitCodeWhenStopped = 130

/** What this process answers when somebody stops it in the middle of a program: 130 as shells do, unless said otherwise here. */
export function exitWhenStopped(code) {
  exitCodeWhenStopped = code
}

/** Says `title`, does `work`, says how long it took; speaks up now and then so that nobody thinks it hangs. */
export async function step(title, work) {
  const seconds = stopwatch()
  console.log(`› ${title} …`)
  const timer = setInterval(() => console.log(`  still ${title}, ${seconds()}`), stillGoingEveryMs)
  try {
    const result = await work()
    console.log(`  done in ${seconds()}`)
    return result
  } finally {
    clearInterval(timer)
  }
}

/** A function that says the seconds since now, for instance `1.5 s`. */
export function stopwatch() {
  const began = Date.now()
  return () => `${((Date.now() - began) / 1000).toFixed(1)} s`
}

/**
 * Runs a program to its end. `quiet: true` keeps what it says and hands it back, else it goes to the terminal as it comes.
 * Never throws for a program that failed: `code` says so, and 127 means that it could not be started.
 * When this process is asked to stop meanwhile, it waits for the program to end and ends too.
 */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'], ...options })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    let stopped = false
    const stop = (signal) => {
      stopped = true
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, stop)
    const finish = (code) => {
      for (const signal of signals) process.removeListener(signal, stop)
      if (stopped) process.exit(exitCodeWhenStopped)
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += error.message
      finish(127)
    })
    child.on('close', (code, signal) => finish(signal ? 1 : (code ?? 1)))
  })
}
