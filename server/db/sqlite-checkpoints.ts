import { startCheckpointThread, type CheckpointThread } from './sqlite-checkpoint-thread.ts'

export interface Checkpoints {
  /** Something was committed: within a second its pages go from the write-ahead log to the file. */
  wrote(): void
  /** Ends the thread, after the pass it is at. */
  stop(): Promise<void>
}

interface CheckpointsDeps {
  readonly file: string
  /** Runs `work` while nobody writes. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  /** Whether the writer is to checkpoint by itself, on the event loop, as SQLite does. */
  readonly leaveToWriter: (isLeft: boolean) => void
}

/** The longer, the more often a page is written only once for several commits; and the longer the log. */
const DELAY_MS = 1_000
/**
 * Pages. SQLite begins its log anew once all of it is in the file, which writers that never pause put off for ever. To
 * make them wait is worth it seldom.
 */
const LONG_LOG = 8_000
/** So few pages are brought over while writers wait. */
const FEW = 400
const MAX_PASSES = 4

/**
 * Checkpoints in a thread of their own: on the event loop each would hold up every request until the disk has taken
 * it. Where the thread fails, the writer does it, and another thread is tried with the next write.
 */
export function createCheckpoints({ file, alone, leaveToWriter }: CheckpointsDeps): Checkpoints {
  let thread: CheckpointThread | undefined
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isStopped = false
  let isLeft = true
  let wroteMeanwhile = false

  function leave(toWriter: boolean): void {
    if (isLeft === toWriter) return
    isLeft = toWriter
    leaveToWriter(toWriter)
  }

  async function run(): Promise<void> {
    thread ??= startCheckpointThread(file)
    const { pass } = thread
    let { logged } = await pass()
    leave(false)
    if (logged < LONG_LOG) return
    let more = logged
    for (let passes = 1; more > FEW && passes < MAX_PASSES; passes += 1) {
      const before = logged
      ;({ logged } = await pass())
      more = logged - before
    }
    // For what came meanwhile writers wait, and the event loop does not.
    await alone(async () => void (await pass()))
  }

  function begin(): void {
    timer = undefined
    wroteMeanwhile = false
    running = run()
      .catch(() => {
        // The disk is full, or the thread has ended: the writer's own checkpoint will meet the same fault and say so.
        leave(true)
        void thread?.stop()
        thread = undefined
      })
      .finally(() => {
        running = undefined
        if (wroteMeanwhile) wrote()
      })
  }

  function wrote(): void {
    wroteMeanwhile = true
    if (timer !== undefined || running !== undefined || isStopped) return
    timer = setTimeout(begin, DELAY_MS).unref()
  }

  return {
    wrote,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
      await thread?.stop()
    },
  }
}
