import { useEffect, useRef } from 'preact/hooks'
import type { Listing } from '../queries.ts'

/** As many as fill a screen. */
const ENOUGH = 25
/** Then whoever looks says whether to go on. */
const MOST_ROUNDS = 20

/** Goes on looking by itself until a screen is full: a page of a narrowed list may hold next to nothing. */
export function useLookOn<Item>(listing: Listing<Item>, path: string | undefined): void {
  const roundsRef = useRef(0)
  const pathRef = useRef(path)
  const { value, hasMore, isReadingMore, more, refused } = listing
  const isShort = value !== undefined && value.length < ENOUGH && hasMore
  useEffect(() => {
    if (pathRef.current !== path) {
      pathRef.current = path
      roundsRef.current = 0
    }
    if (!isShort || isReadingMore || refused !== undefined) return
    if (roundsRef.current >= MOST_ROUNDS) return
    roundsRef.current += 1
    more()
  }, [path, isShort, isReadingMore, refused, more])
}
