import type { NotDoneReason } from './types.ts'

/** What can be wrong on a page: why a command did nothing, or what the shop's developer should know besides. */
export type Trouble =
  | NotDoneReason
  | 'part_failed'
  | 'part_missing'
  | 'listener_failed'
  | 'wrong_setting'
