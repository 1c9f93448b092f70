import type { NotDone, NotDoneReason } from './types.ts'

/** What becomes of a command that did nothing; without words the reason has to do. */
export function notDone(reason: NotDoneReason, message: string = reason): NotDone {
  return { ok: false, reason, message }
}
