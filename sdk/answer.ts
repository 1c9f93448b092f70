import type { EventsAnswer } from '#protocol/events-answer.ts'

/** What the server said last of the route that the visitor is on. */
export interface Answer extends Pick<EventsAnswer, 'decisions' | 'now'> {
  /** False without a visitor: it then goes by nothing but the events it answers. */
  readonly isWhole: boolean
  /** Of the events of this page view, growing. */
  readonly names: readonly string[]
}
