import type { Experience, ExperienceResults, Trigger } from '#protocol/experiences.ts'
import { useEvery } from '../../dashboard/use-every.ts'
import { editorAddress } from '../../experiences/addresses.ts'
import { experiencePath } from '../../experiences/requests.ts'
import { safeLink } from '../../experiences/safe-link.ts'
import { useReading } from '../../queries.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'

interface FirstSeenProps {
  readonly experience: Experience
  /** Of the shop; undefined: none is listed. */
  readonly origin: string | undefined
}

const EVERY_MS = 2_000

/** Where the first experience is to be met, and whether somebody has. */
export function FirstSeen({ experience, origin }: FirstSeenProps) {
  const { t } = useWords()
  const { id, name, triggers } = experience
  const results = useReading<ExperienceResults>(`${experiencePath(id)}/results`)
  const isSeen = results.value !== undefined && results.value.impressions > 0
  useEvery(EVERY_MS, !isSeen, results.again)
  const href = origin === undefined ? undefined : safeLink(origin)
  return (
    <div class="event-check" data-arrived={isSeen ? '' : undefined}>
      <output>
        <span class="event-check-title">
          {isSeen ? <Icon name="check" /> : <span class="pulse" aria-hidden="true" />}
          {t(isSeen ? 'first_run.seen' : 'first_run.unseen', { name })}
        </span>
      </output>
      {!isSeen && <p>{t(hintOf(triggers), { seconds: secondsOf(triggers) })}</p>}
      <p class="first-seen-links">
        {href !== undefined && (
          <a href={href} target="_blank" rel="noopener">
            {t('first_run.open', { origin: href.replace(/^https?:\/\/|\/$/g, '') })}
          </a>
        )}
        <Link href={editorAddress(id, 'results')}>{t('first_run.results')}</Link>
      </p>
    </div>
  )
}

function hintOf(triggers: readonly Trigger[]) {
  const kinds = triggers.map(({ on }) => on)
  if (kinds.includes('load')) return 'first_run.unseen.load'
  if (kinds.includes('exit')) {
    return kinds.includes('delay') ? 'first_run.unseen.delay_exit' : 'first_run.unseen.exit'
  }
  return 'first_run.unseen.other'
}

function secondsOf(triggers: readonly Trigger[]): number {
  const delays = triggers.flatMap((trigger) => (trigger.on === 'delay' ? [trigger.seconds] : []))
  return Math.min(...delays, 86_400)
}
