import { Refusal } from '../core/errors.ts'
import { errorKind } from './error-kind.ts'

/** Seconds after which trying again makes sense. */
const WAITS = { full: 10, down: 5, busy: 2 }

/** What to tell a caller whom the state of the database, and no fault of ours, keeps from an answer; else undefined. */
export function stateRefusal(error: unknown): Refusal | undefined {
  const kind = errorKind(error)
  if (kind === 'full') return refusal('The disk is full or fails', WAITS.full)
  if (kind === 'down') return refusal('The database does not answer', WAITS.down)
  if (kind === 'busy') return refusal('The database is busy', WAITS.busy)
  return undefined
}

function refusal(what: string, retryAfterSeconds: number): Refusal {
  const message = `${what}. Nothing of this request was stored: send it again in ${retryAfterSeconds} s`
  return new Refusal('unavailable', message, { retryAfterSeconds })
}
