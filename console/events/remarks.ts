import type { DropReason } from '#protocol/names.ts'

const REMARKS: ReadonlySet<DropReason> = new Set([
  'future_time',
  'stripped_visitor',
  'foreign_token',
])

/** These events were stored all the same. */
export function isRemark(reason: DropReason): boolean {
  return REMARKS.has(reason)
}
