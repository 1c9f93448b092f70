import type { Channel, ChatSettings } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH, CHAT_SETTINGS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OnOff } from '../../ui/on-off.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { changeSettings } from '../requests.ts'

interface ChatSwitchProps {
  readonly settings: ChatSettings
  readonly channels: readonly Channel[]
}

/** Whether the shop's pages have chat, and which channel they use. */
export function ChatSwitch({ settings, channels }: ChatSwitchProps) {
  const words = useWords()
  const { t } = words
  const changing = useChanging(changeSettings, { renews: [CHAT_SETTINGS_PATH, CHANNELS_PATH] })

  async function turn(next: ChatSettings, message: string): Promise<void> {
    const reply = await changing.run(next)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(message, { undo: () => void turn(settings, t('settings.restored')) })
  }

  if (!settings.isOn) {
    return (
      <Notice
        tone="note"
        title={t('chat.off')}
        action={
          <Button
            kind="primary"
            isBusy={changing.isBusy}
            onClick={() => void turn({ ...settings, isOn: true }, t('chat.turned_on'))}
          >
            {t('chat.turn_on')}
          </Button>
        }
      >
        <p>{t('chat.off.text')}</p>
      </Notice>
    )
  }
  return (
    <section class="chat-switch" aria-label={t('chat.on')}>
      <OnOff isOn words={t('chat.on')} />
      <SelectField
        name="selected-channel"
        label={t('chat.channel')}
        isRequired
        value={settings.channelId ?? ''}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(channelId) => void turn({ isOn: true, channelId }, t('ui.saved'))}
      />
      <Button
        kind="quiet"
        isBusy={changing.isBusy}
        onClick={() => void turn({ ...settings, isOn: false }, t('chat.turned_off'))}
      >
        {t('chat.turn_off')}
      </Button>
    </section>
  )
}
