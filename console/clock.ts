import { useEffect, useState } from 'preact/hooks'

const TICK_MS = 30_000

/** Now, as far as times like “3 min ago” need it: it goes on by half minutes. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
