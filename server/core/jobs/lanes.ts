import type { Database } from '../../db/database.ts'
import { claimJobs, laneAfter, type JobRow, type Lease } from './store.ts'

export interface Lanes {
  /** Jobs of the first lane that has due ones and room for them; none when a whole round found none. */
  readonly claim: (roomOf: (lane: string) => number, lease: Lease) => Promise<JobRow[]>
}

/** Takes due jobs from a lane after the other, beginning behind the one that had the last turn. */
export function createLanes(db: Database): Lanes {
  let last = ''

  return {
    async claim(roomOf, lease) {
      const seen = new Set<string>()
      for (;;) {
        const lane = (await laneAfter(db, last)) ?? (await laneAfter(db, ''))
        if (lane === undefined || seen.has(lane)) return []
        seen.add(lane)
        last = lane
        const room = roomOf(lane)
        const claimed = room > 0 ? await claimJobs(db, lane, room, lease) : []
        if (claimed.length > 0) return claimed
      }
    },
  }
}
