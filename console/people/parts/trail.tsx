import type { TrailEvent } from '#protocol/people.ts'
import { useListing } from '../../queries.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { placeName, sourceName } from '../person-words.ts'
import { sessionsIn, type TrailSession } from '../sessions-in.ts'
import { ListEnd } from './list-end.tsx'
import { EventLine } from './event-line.tsx'

/** What somebody did, visit by visit, the newest first. */
export function Trail({ path }: { readonly path: string }) {
  const { t } = useWords()
  const listing = useListing<TrailEvent>(`${path}/trail?limit=50`)
  return (
    <Section title={t('people.trail')} text={t('people.trail.text')}>
      <Loaded reading={listing} rows={8}>
        {(events) =>
          events.length === 0 ? (
            <p class="person-quiet">{t('people.trail.none')}</p>
          ) : (
            <>
              {sessionsIn(events).map((session) => (
                <Visit key={session.key} session={session} />
              ))}
            </>
          )
        }
      </Loaded>
      <ListEnd listing={listing} isLooking={false} />
    </Section>
  )
}

function Visit({ session: { session, startedAt, events } }: { readonly session: TrailSession }) {
  const words = useWords()
  const { t, exactly } = words
  const facts =
    session === null
      ? []
      : [
          session.device && t(`device.${session.device}`),
          placeName(session, words),
          sourceName(session.source),
        ]
  return (
    <div class="trail-session">
      <h3>
        <b>{exactly(startedAt)}</b>
        {session === null && <span>{t('people.trail.no_session')}</span>}
        {facts.filter(Boolean).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </h3>
      <ol class="trail-events">
        {events.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ol>
    </div>
  )
}
