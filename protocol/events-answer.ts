import type { EventResult } from './events.ts'
import type { Decisions } from './experiences.ts'

/** The answer: results in the order of the request's events. */
export interface EventsAnswer {
  results: EventResult[]
  decisions: Decisions
  /** The server's clock, epoch ms. */
  now: number
}
