import { useEffect, useRef } from 'preact/hooks'
import type { Audience } from '#protocol/audiences.ts'

const EVERY_MS = 1_500

/** Reads again, now and then, as long as one of these audiences is being worked out. */
export function useUntilReady(
  audiences: readonly Pick<Audience, 'state'>[],
  again: () => void,
): void {
  const isComputing = audiences.some(({ state }) => state === 'computing')
  const againRef = useRef(again)
  useEffect(() => {
    againRef.current = again
  })
  useEffect(() => {
    if (!isComputing) return undefined
    const timer = setInterval(() => againRef.current(), EVERY_MS)
    return () => clearInterval(timer)
  }, [isComputing])
}
