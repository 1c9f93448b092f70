import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What one pass over the write-ahead log came to. */
export interface Pass {
  /** Pages in the log when the pass began, all of them in the file now; more may have come meanwhile. */
  readonly logged: number
}

/** Brings the log's pages into the database file, beside the event loop. */
export interface CheckpointThread {
  /** Rejects when the thread or its disk fails. */
  readonly pass: () => Promise<Pass>
  readonly stop: () => Promise<void>
}

/** As text, because Node 20 starts no TypeScript and the bundle is one file. What the driver makes is kept; see `sqlite-connection.ts`. */
const CODE = `
  const { readlinkSync } = require('node:fs')
  const { setPriority } = require('node:os')
  const { parentPort, workerData: { driver, file } } = require('node:worker_threads')
  try {
    // Visitors first, where threads have a priority of their own.
    const [, thread] = readlinkSync('/proc/thread-self').split('/task/')
    setPriority(Number(thread), 5)
  } catch {}
  const connection = new (require(driver))(file, { timeout: 0 })
  connection.exec('PRAGMA synchronous = FULL')
  const checkpoint = connection.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  globalThis.kept = [connection, checkpoint]
  parentPort.on('message', (message) => {
    if (message === 'stop') {
      connection.close()
      parentPort.close()
      return
    }
    try {
      parentPort.postMessage({ logged: checkpoint.get().log })
    } catch (error) {
      parentPort.postMessage({ fault: String(error) })
    }
  })
`

/** A thread with a connection of its own: better-sqlite3 would wait for the disk in the one that asks. */
export function startCheckpointThread(file: string): CheckpointThread {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3')
  const worker = new Worker(CODE, { eval: true, workerData: { driver, file } })
  worker.unref()
  let isOver = false
  /** Whoever waits for a pass: one at a time. */
  let hear = (_said: Pass | { fault: string }) => {}
  worker.on('message', (said) => hear(said))
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      isOver = true
      hear({ fault: 'The thread has ended' })
      resolve()
    })
  })
  // What it says of its end is told to whoever waits for a pass; nobody else needs to know.
  worker.on('error', () => undefined)
  return {
    async pass() {
      if (isOver) throw new Error('The thread has ended')
      const said = new Promise<Pass | { fault: string }>((resolve) => {
        hear = resolve
      })
      worker.ref()
      worker.postMessage('pass')
      const outcome = await said
      worker.unref()
      if ('fault' in outcome) throw new Error(outcome.fault)
      return outcome
    },
    async stop() {
      // Else nothing might keep this process up until it has ended.
      worker.ref()
      worker.postMessage('stop')
      await ended
    },
  }
}
