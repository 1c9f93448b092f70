import { useEffect, useRef } from 'preact/hooks'

/** Calls `act` again and again while the page is in sight and `isOn`. */
export function useEvery(everyMs: number, isOn: boolean, act: () => void): void {
  const actRef = useRef(act)
  useEffect(() => {
    actRef.current = act
  })
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') actRef.current()
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs, isOn])
}
