import { useEffect, useRef } from 'preact/hooks'

const WAIT_MS = 1_000
/** Then whatever it is takes longer, and whoever wants to know reads the page anew. */
const MAX_TIMES = 15

/** Reads again every second, at most so many times, while something that was asked for is being done. */
export function useSoon(isAwaited: boolean, again: () => void, times = MAX_TIMES): void {
  const timesRef = useRef(0)
  const latestRef = useRef(again)
  useEffect(() => {
    latestRef.current = again
  })
  useEffect(() => {
    if (!isAwaited) return
    timesRef.current = 0
    const timer = setInterval(() => {
      timesRef.current += 1
      if (timesRef.current >= times) clearInterval(timer)
      latestRef.current()
    }, WAIT_MS)
    return () => clearInterval(timer)
  }, [isAwaited, times])
}
