/** What every part of the page is about. */
export interface ShownRange {
  /** `?from=…&to=…`. */
  readonly query: string
  readonly currency: string
  /** It goes on: figures are read again now and then. */
  readonly isLive: boolean
}

/** Figures are counted once a second; whoever watches sees them a few seconds later. */
export const RENEW_MS = 10_000
