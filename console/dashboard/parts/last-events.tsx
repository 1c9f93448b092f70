import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { eventName, pathOf } from '../../live/event-name.ts'
import { useNow } from '../../clock.ts'
import { useWords } from '../../words.ts'

/** What is shown of a stored event. */
export type ShownEvent = Pick<StoredEventAnswer, 'id' | 'type' | 'name' | 'at' | 'url'>

/** The newest first. */
export function LastEvents({ events }: { readonly events: readonly ShownEvent[] }) {
  const words = useWords()
  const { ago, exactly } = words
  const now = useNow()
  return (
    <ul class="home-events">
      {events.map(({ id, type, name, at, url }) => (
        <li key={id}>
          <span>{eventName({ type, name }, words)}</span>
          <span class="home-event-page">{pathOf(url)}</span>
          <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
            {ago(at, now)}
          </time>
        </li>
      ))}
    </ul>
  )
}
