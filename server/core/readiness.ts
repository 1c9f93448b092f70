import type { Clock } from './clock.ts'

/** Why a load balancer should send nobody here now. */
export type NotReady = 'database' | 'migrations' | 'disk_space'

export interface Readiness {
  /** Empty: ready. One look serves everybody who asks within the second, since it writes to the disk. */
  readonly reasons: () => Promise<readonly NotReady[]>
}

interface ReadinessDeps {
  readonly now: Clock
  /** Resolves once the database has taken a write; rejects where it can't. */
  readonly write: () => Promise<void>
  readonly isMigrated: () => Promise<boolean>
  /** Bytes that may still be written where the data lies. */
  readonly freeBytes: () => Promise<number>
}

const KEPT_MS = 1_000
/** A database that takes longer serves no one. */
const PATIENCE_MS = 2_000
/** From here on there is time to act: some hours of a busy shop's events. */
const LEAST_FREE_BYTES = 100_000_000

export function createReadiness({ now, write, isMigrated, freeBytes }: ReadinessDeps): Readiness {
  let last: { readonly at: number; readonly found: Promise<NotReady[]> } | undefined

  async function look(): Promise<NotReady[]> {
    const [canWrite, isCurrent, hasSpace] = await Promise.all([
      holds(async () => {
        await write()
        return true
      }),
      holds(isMigrated),
      holds(async () => (await freeBytes()) >= LEAST_FREE_BYTES),
    ])
    const reasons: NotReady[] = []
    if (!canWrite) reasons.push('database')
    // A database that doesn't answer is no old one.
    else if (!isCurrent) reasons.push('migrations')
    if (!hasSpace) reasons.push('disk_space')
    return reasons
  }

  return {
    reasons() {
      const at = now()
      if (last === undefined || at - last.at >= KEPT_MS || at < last.at)
        last = { at, found: look() }
      return last.found
    },
  }
}

/** False too where it fails or takes too long. */
async function holds(claim: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  try {
    return await Promise.race([claim(), late])
  } catch {
    // Why, the log says when somebody's request fails for it.
    return false
  } finally {
    clearTimeout(timer)
  }
}
