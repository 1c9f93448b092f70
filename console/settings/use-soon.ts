import { useEffect, useRef } from 'preact/hooks'

const WAIT_MS = 1_000
/** Then whatever it is takes longer, and whoever wants to know reads the page anew. */
const MAX_TIMES = 15

/** Reads again every second while something that has only just been asked for is about to be done. */
export function useSoon(isAwaited: boolean, again: () => void): void {
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
      if (timesRef.current >= MAX_TIMES) clearInterval(timer)
      latestRef.current()
    }, WAIT_MS)
    return () => clearInterval(timer)
  }, [isAwaited])
}
