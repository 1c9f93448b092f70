import type { OwnSession } from '#protocol/account.ts'
import { ACCOUNT_SESSIONS_PATH } from '#protocol/names.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Ago } from '../../ui/ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { deviceName } from '../device-name.ts'
import { endOtherSessions, endSession } from '../requests.ts'

const RENEWS = { renews: [ACCOUNT_SESSIONS_PATH] }

/** Where one is signed in. What is ended is ended at once: it can be signed in again. */
export function Sessions() {
  const words = useWords()
  const { t } = words
  const reading = useReading<{ readonly items: readonly OwnSession[] }>(ACCOUNT_SESSIONS_PATH)
  const ending = useChanging(endSession, RENEWS)
  const endingOthers = useChanging(endOtherSessions, RENEWS)
  const refused = ending.refused ?? endingOthers.refused
  const sessions = reading.value?.items ?? []

  async function end(sessionId: string): Promise<void> {
    const { refusal } = await ending.run(sessionId)
    if (refusal === undefined) say(t('sessions.ended'))
  }

  async function endOthers(): Promise<void> {
    const { refusal } = await endingOthers.run(undefined)
    if (refusal === undefined) say(t('sessions.others_ended'))
  }

  return (
    <Section
      title={t('sessions.title')}
      text={t('sessions.text')}
      actions={
        sessions.length > 1 && (
          <Button isBusy={endingOthers.isBusy} onClick={() => void endOthers()}>
            {t('sessions.end_others')}
          </Button>
        )
      }
    >
      <p class="control-fault" role="alert">
        {refused !== undefined && refusalText(refused, words)}
      </p>
      <Loaded reading={reading} rows={2}>
        {({ items }) => (
          <ul class="own-lines">
            {items.map((session) => (
              <Session key={session.id} session={session} onEnd={end} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

interface SessionProps {
  readonly session: OwnSession
  readonly onEnd: (sessionId: string) => Promise<void>
}

function Session({ session, onEnd }: SessionProps) {
  const words = useWords()
  const { t } = words
  const device = deviceName(session, words)
  return (
    <li class="own-line">
      <div class="own-line-words">
        <p class="own-line-title">
          {device}
          {session.isThis && <Badge>{t('sessions.this')}</Badge>}
        </p>
        <p class="own-line-text">
          <span>
            {t('sessions.used')} <Ago at={session.usedAt} />
          </span>
          <span>
            {t('sessions.since')} <Ago at={session.createdAt} />
          </span>
          <span>{t('sessions.address', { address: session.addressGroup })}</span>
        </p>
      </div>
      {!session.isThis && (
        <Button name={t('sessions.end.label', { device })} onClick={() => void onEnd(session.id)}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
