import type { EventsAnswer } from '#protocol/events-answer.ts'

/** What the server said last of the route that the visitor is on. */
export interface Answer extends Pick<EventsAnswer, 'decisions' | 'now'> {
  /** Of the events of this page view, growing. */
  readonly names: readonly string[]
}
