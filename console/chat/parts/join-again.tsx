import { CHANNELS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { changeSeat } from '../requests.ts'
import { useTeam } from '../team-context.ts'
import './join-again.css'

/** On whatever page one works: channels that one left by half an hour without activity, and the way back. */
export function JoinAgain() {
  const words = useWords()
  const { t, list } = words
  const team = useTeam()
  const seating = useChanging(changeSeat, { renews: [CHANNELS_PATH] })
  const left = (team?.presence.value?.channels ?? []).filter(({ wasIdle }) => wasIdle)

  async function seat(isIn: boolean): Promise<void> {
    for (const { id } of left) {
      const reply = await seating.run({ id, isIn })
      if (reply.refusal !== undefined) return say(refusalText(reply, words))
    }
    await team?.renewPresence()
  }

  return (
    <div class="join-again" aria-live="polite">
      {left.length > 0 && (
        <div class="join-again-card">
          <p>{t('inbox.join_again.text', { names: list(left.map(({ name }) => name)) })}</p>
          <Button kind="primary" isBusy={seating.isBusy} onClick={() => void seat(true)}>
            {t('inbox.join_again')}
          </Button>
          <Button kind="quiet" isBusy={seating.isBusy} onClick={() => void seat(false)}>
            {t('inbox.join_again.not')}
          </Button>
        </div>
      )}
    </div>
  )
}
