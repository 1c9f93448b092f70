import { useEffect, useRef, useState } from 'preact/hooks'
import type { Channel, ChannelOptions } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { ShopAnswer } from '#protocol/shop.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { faultText, type FormFault } from '../../settings/faults.ts'
import { FormActions } from '../../settings/parts/form-actions.tsx'
import { isNarrow } from '../../shell/narrow.ts'
import { useSettingsForm } from '../../settings/use-settings-form.ts'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { languagesIn } from '../channel-texts.ts'
import { preChatFault, tidied } from '../pre-chat-fields.ts'
import { changeChannel } from '../requests.ts'
import { areHoursSound } from '../week-hours.ts'
import { AvatarField } from './avatar-field.tsx'
import { HoursOptions } from './hours-options.tsx'
import { LookOptions } from './look-options.tsx'
import { NobodyOptions } from './nobody-options.tsx'
import { OptionGroup } from './option-group.tsx'
import type { OptionsProps } from './options-props.ts'
import { PreChatOptions } from './pre-chat-options.tsx'
import { RoutingOptions } from './routing-options.tsx'
import { LanguageChoice, NoticeTexts, WindowTexts } from './text-options.tsx'
import { WindowPreview } from './window-preview.tsx'

interface OptionsTabProps {
  readonly channel: Channel
  readonly mayEdit: boolean
}

interface Fields {
  readonly name: string
  readonly options: ChannelOptions
}

/** How the channel looks, what it says and to whom it gives chats, beside what visitors will see of it. */
export function OptionsTab({ channel, mayEdit }: OptionsTabProps) {
  const words = useWords()
  const { t, language: own } = words
  const { may } = useSession()
  const { id, version } = channel
  const shop = useReading<ShopAnswer>(may('shop', 'read') ? SHOP_PATH : undefined)
  // Of what is being changed: whatever is read meanwhile, another's change is not saved over.
  const versionRef = useRef(version)
  const form = useSettingsForm<Fields>({
    stored: { name: channel.name, options: channel.options },
    save: ({ name, options }) =>
      changeChannel({ id, version: versionRef.current, name, options: tidied(options) }),
    renews: [CHANNELS_PATH],
    faultIn,
  })
  const isChanged = form.isChanged.value
  useEffect(() => {
    if (!isChanged) versionRef.current = version
  }, [isChanged, version])
  const { name, options } = form.fields.value
  const languages = languagesIn(options.texts, shop.value?.languages ?? [own])
  const [wanted, setWanted] = useState<string | undefined>(undefined)
  const [added, setAdded] = useState<readonly string[]>([])
  const offered = [...new Set([...languages, ...added])]
  const language = wanted !== undefined && offered.includes(wanted) ? wanted : (offered[0] ?? own)
  const change = (changed: Partial<ChannelOptions>) =>
    form.write('options', { ...options, ...changed })
  const shared: OptionsProps = { options, change, languages, language }
  const fault = form.fault.value
  const preview = (
    <WindowPreview channel={channel} options={options} language={language} languages={languages} />
  )
  const saving = mayEdit && (
    <div class="channel-save">
      <FormActions form={form} />
      <p class="control-fault" role="alert">
        {fault?.refused?.refusal === 'conflict'
          ? t('channel.fault.changed')
          : faultText(fault, fault?.field, words)}
      </p>
    </div>
  )

  return (
    <Form onSubmit={() => void form.save()} isBusy={form.isBusy.value}>
      <div class="channel-options">
        {isNarrow.value && <OptionGroup title={t('channel.preview')}>{preview}</OptionGroup>}
        <fieldset class="channel-fields" disabled={!mayEdit}>
          <LanguageChoice
            {...shared}
            offered={offered}
            onLanguage={setWanted}
            onAdd={(tag) => {
              setAdded([...added, tag])
              setWanted(tag)
            }}
          />
          <OptionGroup title={t('channel.group.window')} isOpen>
            <TextField
              name="name"
              label={t('channel.name')}
              hint={t('channel.name.hint')}
              maxLength={80}
              value={name}
              onInput={(value) => form.write('name', value)}
              isRequired
            />
            <WindowTexts {...shared} />
            <AvatarField channel={channel} mayEdit={mayEdit} />
          </OptionGroup>
          <OptionGroup title={t('channel.group.look')}>
            <LookOptions {...shared} />
          </OptionGroup>
          <OptionGroup title={t('channel.group.hours')}>
            <HoursOptions {...shared} timeZone={shop.value?.timeZone ?? 'UTC'} />
          </OptionGroup>
          <OptionGroup title={t('channel.group.nobody')}>
            <NobodyOptions {...shared} />
          </OptionGroup>
          <OptionGroup title={t('channel.group.pre_chat')}>
            <PreChatOptions {...shared} />
          </OptionGroup>
          <OptionGroup title={t('channel.group.routing')}>
            <RoutingOptions {...shared} />
          </OptionGroup>
          <OptionGroup title={t('channel.group.notices')}>
            <p class="control-hint">{t('channel.notices.hint')}</p>
            <NoticeTexts {...shared} />
          </OptionGroup>
        </fieldset>
        {isNarrow.value ? (
          saving
        ) : (
          <div class="channel-beside">
            {saving}
            {preview}
          </div>
        )}
      </div>
    </Form>
  )
}

function faultIn({ name, options }: Fields): FormFault | undefined {
  if (name.trim() === '') return { field: 'name', message: 'channel.fault.name' }
  if (options.hours !== null && !areHoursSound(options.hours)) {
    return { field: 'hours', message: 'channel.fault.hours' }
  }
  const fault = preChatFault(options, options.texts)
  return fault && { field: 'preChat', message: `channel.fault.${fault}` }
}
