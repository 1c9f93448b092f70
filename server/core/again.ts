/** A database that is away is not asked four times a second. */
const PAUSE_AFTER_FAILURE_MS = 5_000

/** Runs `work` again and again, whatever becomes of it; returns `stop`, which waits for its end. */
export function again(
  work: () => Promise<void>,
  onFailure: (error: unknown) => void,
  /** Between two of them, milliseconds. */
  everyMs: number,
): () => Promise<void> {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let round = run()

  async function run(): Promise<void> {
    let pauseMs = everyMs
    try {
      await work()
    } catch (error) {
      onFailure(error)
      pauseMs = PAUSE_AFTER_FAILURE_MS
    }
    if (isOver) return
    timer = setTimeout(() => {
      round = run()
    }, pauseMs)
  }

  return async () => {
    isOver = true
    clearTimeout(timer)
    await round
  }
}
