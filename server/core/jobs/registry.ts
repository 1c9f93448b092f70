import type { JobKind, JobRun, JobWork, Transaction, WhenDead } from './job-kind.ts'
import { FinalFailure, growingWait } from './job-kind.ts'

/** A kind with what does it, whatever its payload is made of. */
export interface Registered {
  readonly attempts: number
  readonly atOnce: number
  readonly waitAfter: (attempt: number) => number
  readonly work: JobWork<unknown>
  readonly whenDead: WhenDead<unknown>
}

const ATTEMPTS = 10
const AT_ONCE = 4

/** Reads payloads as they were written, so that a changed schema is told of and not guessed at. */
export function registeredOf<Payload>(
  kind: JobKind<Payload>,
  work: JobWork<Payload>,
  whenDead: WhenDead<Payload> | undefined,
): Registered {
  return {
    attempts: kind.attempts ?? ATTEMPTS,
    atOnce: kind.atOnce ?? AT_ONCE,
    waitAfter: kind.waitAfter ?? growingWait,
    work(run: JobRun<unknown>) {
      const payload = kind.payload.safeParse(run.payload)
      if (!payload.success) {
        throw new FinalFailure(`What is to be done can't be read: ${payload.error.message}`)
      }
      return work({ ...run, payload: payload.data })
    },
    async whenDead(transaction: Transaction, job, reason) {
      const payload = kind.payload.safeParse(job.payload)
      if (payload.success) await whenDead?.(transaction, { ...job, payload: payload.data }, reason)
    },
  }
}
