import type { ExperienceSettings } from '#protocol/experiences.ts'
import { EXPERIENCE_SETTINGS_PATH } from '#protocol/names.ts'
import { change } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'

interface KillSwitchProps {
  readonly settings: ExperienceSettings
  readonly mayEdit: boolean
}

/** Turns every experience of the shop off, and on again; in sight as long as they are off. */
export function KillSwitch({ settings, mayEdit }: KillSwitchProps) {
  const words = useWords()
  const { t } = words
  const switching = useChanging(
    (isOn: boolean) => change('PUT', EXPERIENCE_SETTINGS_PATH, { ...settings, isOn }),
    { renews: [EXPERIENCE_SETTINGS_PATH] },
  )

  async function turn(isOn: boolean): Promise<void> {
    const reply = await switching.run(isOn)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    const message = t(isOn ? 'experience.switch.is_on' : 'experience.switch.is_off')
    say(message, { undo: () => void turn(!isOn) })
  }

  if (settings.isOn) {
    return (
      <Button kind="quiet" isBusy={switching.isBusy} onClick={() => void turn(false)}>
        {t('experience.switch.off')}
      </Button>
    )
  }
  return (
    <Notice
      tone="warn"
      title={t('experience.switch.title')}
      action={
        mayEdit && (
          <Button kind="primary" isBusy={switching.isBusy} onClick={() => void turn(true)}>
            {t('experience.switch.on')}
          </Button>
        )
      }
    >
      <p>{t('experience.switch.text')}</p>
    </Notice>
  )
}
