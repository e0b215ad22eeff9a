/** The thread of the embedded database: runs protocol messages one after the other and sends back what the database answers. */
import { parentPort, workerData } from 'node:worker_threads'
import { CopyIn, withoutRequest } from './copy-in.ts'
import { startEngine } from './engine.ts'
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts'
import { queryMessage, syncMessage } from './wire.ts'

const port = parentPort
if (!port) throw new Error('This file is the thread of the embedded database and does nothing by itself.')

const say = (message: FromWorker) => port.postMessage(message)

/** PGlite never makes a checkpoint by itself: its log would grow for ever. This many bytes of log are allowed between two. */
const logBetweenCheckpoints = 96 * 1_048_576

/** Says what is wrong and ends the thread at once, whatever PGlite is doing; the log replays at the next start. */
function breakDown(error: unknown): never {
  say({ kind: 'broken', sentence: error instanceof Error ? error.message : String(error) })
  process.exit(70)
}

const { location, settings } = workerData as WorkerStart
const engine = await startEngine({ location, settings, onBroken: breakDown }).catch(breakDown)

let last: Promise<void> = Promise.resolve()
port.on('message', (message: ToWorker) => {
  last = last.then(() => obey(message)).catch((error) => breakDown(engine.brokenBy(error)))
})
say({ kind: 'ready' })

async function obey(message: ToWorker): Promise<void> {
  if (message.kind === 'close') {
    await run(queryMessage('checkpoint'))
    await engine.database.close()
    return say({ kind: 'closed' })
  }
  const status = message.kind === 'reset' ? await forget(message.stream) : await answer(message.stream, message.bytes)
  say({ kind: 'answered' })
  if (status === 'idle' && engine.disk.logBytes > logBetweenCheckpoints) {
    engine.disk.logBytes = 0
    await run(queryMessage('checkpoint'))
  }
}

/**
 * The one connection that the database has at a time. A pool opens the next before the last has said good-bye, so a newer one
 * ends an older one here, and what an older one still says is not heard: its good-bye must not end a transaction of the newer.
 */
let current: { readonly stream: number; readonly copy: CopyIn } | undefined
let newest = 0

async function forget(stream: number): Promise<Status> {
  if (current?.stream !== stream) return 'in between'
  current = undefined
  // The sync is for a client that went in the middle of a batch: without it the database would ignore the rest.
  return run(syncMessage, queryMessage('rollback'), queryMessage('discard all'))
}

async function answer(stream: number, bytes: Uint8Array): Promise<Status> {
  if (stream < newest) return 'in between'
  if (current && current.stream !== stream) await forget(current.stream)
  newest = stream
  current ??= { stream, copy: new CopyIn() }
  const step = current.copy.next(bytes)
  if (step.tell) say({ kind: 'output', stream, bytes: step.tell })
  if (!step.run) return 'in between'
  let withRequest = step.leaveOutRequest === true
  return execute(step.run, (output) => {
    const piece = withRequest ? withoutRequest(output) : output
    withRequest = false
    if (piece.length > 0) say({ kind: 'output', stream, bytes: piece })
  })
}

type Status = 'idle' | 'in between'

async function run(...messages: readonly Uint8Array[]): Promise<Status> {
  let status: Status = 'in between'
  for (const message of messages) status = await execute(message, () => undefined)
  return status
}

/** Runs whole messages; `idle` if the database then waits for the next statement outside of a transaction. */
async function execute(bytes: Uint8Array, onOutput: (output: Uint8Array) => void): Promise<Status> {
  let tail: Uint8Array = new Uint8Array(0)
  await engine.database.execProtocolRawStream(bytes, {
    syncToFs: false,
    onRawData: (view) => {
      // The bytes lie in the memory of the engine, which goes on using it.
      const output = Uint8Array.from(view)
      tail = Buffer.concat([tail, output.subarray(-6)]).subarray(-6)
      onOutput(output)
    },
  })
  return isReadyOutsideTransaction(tail) ? 'idle' : 'in between'
}

/** `ReadyForQuery` with the status `I`: the last six bytes of an answer, if it is one. */
function isReadyOutsideTransaction(tail: Uint8Array): boolean {
  return tail[0] === 0x5a && tail[4] === 5 && tail[5] === 0x49
}
