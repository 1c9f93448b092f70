import { useState } from 'preact/hooks'
import type { Channel, ChannelOptions } from '#protocol/chat-channels.ts'
import { colourOf, cssOf, inkOn } from '#widgets/kit/colour.ts'
import { useSession } from '../../session.ts'
import { Icon } from '../../ui/icon.tsx'
import { MemberPhoto } from '../../ui/member-photo.tsx'
import { useWords } from '../../words.ts'
import { picturePath } from '../addresses.ts'
import { languageRead, textIn, type TextKey } from '../channel-texts.ts'
import { shownLabel } from '../pre-chat-fields.ts'

interface WindowPreviewProps {
  readonly channel: Channel
  readonly options: ChannelOptions
  readonly language: string
  readonly languages: readonly string[]
}

const MOMENTS = ['chat', 'before', 'nobody'] as const
type Moment = (typeof MOMENTS)[number]
/** As the widget has it, where the shop has chosen none. */
const USUAL_ACCENT = '#3457d5'

/** Launcher and window as they will be, in outline. Only to be looked at. */
export function WindowPreview(props: WindowPreviewProps) {
  const { t } = useWords()
  const [moment, setMoment] = useState<Moment>('chat')
  const [isDark, setDark] = useState(false)
  const { options } = props
  const accent = options.accent ?? USUAL_ACCENT
  const header = options.headerColour ?? accent
  const colours = {
    '--channel-accent': accent,
    '--channel-on-accent': inkOf(accent),
    '--channel-header': header,
    '--channel-on-header': inkOf(header),
  }
  const isHidden = moment === 'nobody' && options.whenNobody === 'hidden'
  return (
    <section class="window-preview" aria-label={t('channel.preview')}>
      <div class="window-preview-tools">
        <fieldset class="channel-switch" aria-label={t('channel.preview.moment')}>
          {MOMENTS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === moment}
              onClick={() => setMoment(one)}
            >
              {t(`channel.preview.${one}`)}
            </button>
          ))}
        </fieldset>
        <fieldset class="channel-switch" aria-label={t('editor.preview.scheme')}>
          {([false, true] as const).map((dark) => (
            <button
              key={String(dark)}
              type="button"
              aria-pressed={dark === isDark}
              aria-label={t(dark ? 'editor.preview.dark' : 'editor.preview.light')}
              title={t(dark ? 'editor.preview.dark' : 'editor.preview.light')}
              onClick={() => setDark(dark)}
            >
              <Icon name={dark ? 'moon' : 'sun'} />
            </button>
          ))}
        </fieldset>
      </div>
      <div
        class="window-stage"
        data-scheme={isDark ? 'dark' : 'light'}
        data-position={options.position}
        style={colours}
        inert
        aria-hidden="true"
      >
        {isHidden ? (
          <p class="window-none">{t('channel.preview.hidden')}</p>
        ) : (
          <>
            <ChatWindow {...props} moment={moment} />
            <Launcher {...props} />
          </>
        )}
      </div>
      <p class="control-hint">{t('channel.preview.hint')}</p>
    </section>
  )
}

function inkOf(colour: string): string {
  return cssOf(inkOn(colourOf(colour)))
}

/** What a visitor of the language reads. */
function useSaid({ options, language, languages }: WindowPreviewProps) {
  const { t } = useWords()
  const read = languageRead(options.texts, languages, language)
  return (key: TextKey) => (read && textIn(options.texts, read, key)) || t(`channel.default.${key}`)
}

function Launcher(props: WindowPreviewProps) {
  const said = useSaid(props)
  return (
    <span class="window-launcher">
      <Icon name="chat" />
      <span>{said('launcher')}</span>
    </span>
  )
}

function ChatWindow(props: WindowPreviewProps & { readonly moment: Moment }) {
  const { t } = useWords()
  const { shop } = useSession()
  const { channel, moment, options } = props
  const said = useSaid(props)
  const src = `${picturePath(channel.id)}?shop=${encodeURIComponent(shop.key)}&v=${channel.version}`
  const isForm = moment === 'nobody' || (moment === 'before' && options.preChat.isOn)
  return (
    <div class="window">
      <div class="window-head">
        <MemberPhoto name={shop.name} src={channel.hasAvatar ? src : undefined} size="small" />
        <span class="window-title">{said('title')}</span>
      </div>
      <div class="window-log">
        {isForm ? (
          <PreviewForm {...props} />
        ) : (
          <>
            <p class="window-message">{said('welcome')}</p>
            {moment === 'chat' && (
              <>
                <p class="window-message window-own">{t('channel.preview.visitor')}</p>
                <p class="window-notice">{said('queued')}</p>
              </>
            )}
          </>
        )}
      </div>
      {!isForm && <div class="window-composer">{said('placeholder')}</div>}
    </div>
  )
}

function PreviewForm(props: WindowPreviewProps & { readonly moment: Moment }) {
  const { t } = useWords()
  const said = useSaid(props)
  const { moment, options, language, languages } = props
  const { preChat } = options
  const isBefore = moment === 'before'
  const asked = isBefore
    ? preChat.fields.map((field) => ({
        key: field.key,
        label: shownLabel(field, [language, ...languages]),
        isRequired: field.isRequired,
      }))
    : (['name', 'email', 'message'] as const).map((key) => ({
        key,
        label: t(`channel.preview.field.${key}`),
        isRequired: key !== 'name',
      }))
  return (
    <div class="window-form">
      <p>{said(isBefore ? 'preChat' : 'offline')}</p>
      {asked.map(({ key, label, isRequired }) => (
        <span class="window-field" key={key}>
          <span>{isRequired ? `${label} *` : label}</span>
          <span class="window-input" />
        </span>
      ))}
      {isBefore && preChat.asksConsent && (
        <span class="window-consent">
          <span class="window-box" />
          <span>{said('consent')}</span>
        </span>
      )}
      <span class="window-button">
        {t(isBefore ? 'channel.preview.start' : 'channel.preview.send')}
      </span>
    </div>
  )
}
