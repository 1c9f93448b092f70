import type { Manifest } from './manifest.ts'

/** One restore, as either database does it. */
export interface RestoreJob {
  /** The backup's own folder. */
  readonly folder: string
  readonly manifest: Manifest
  readonly replaces: boolean
  /** Epoch ms. */
  readonly startedAt: number
  /** The same, for names: 20261122112430123. */
  readonly stamp: string
}
