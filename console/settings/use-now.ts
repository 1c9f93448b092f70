import { useEffect, useState } from 'preact/hooks'

const EVERY_MS = 30_000

/** The time, for what is told as so long ago; as often as the words for it change. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
