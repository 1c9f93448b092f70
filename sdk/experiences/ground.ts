import type { LazyHost } from '../lazy.ts'

/** What a trigger may begin; it ends with it. */
export interface Ground {
  readonly window: LazyHost['window']
  /** On the whole document. */
  readonly hear: (names: string, run: (event: Event) => void) => void
  /** One at a time. */
  readonly wait: (ms: number, run: () => void) => void
  readonly onEnd: (undo: () => void) => void
}
