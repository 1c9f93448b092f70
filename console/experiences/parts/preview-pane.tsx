import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Popup, PopupContent } from '#protocol/popup.ts'
import { PREVIEW_FRAME_PATH } from '#protocol/names.ts'
import { useSession } from '../../session.ts'
import { isNarrow } from '../../shell/narrow.ts'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words.ts'
import { drawnPopup, exampleVisitor } from '../drawn-popup.ts'
import { FRAME_READY, type FrameShown } from '../preview-frame/frame-messages.ts'
import { useDrawing } from './html-options.tsx'

interface PreviewPaneProps {
  readonly content: Popup
  readonly language: string
  /** What is told once the form was sent, in its place. */
  readonly isThanks: boolean
  /** Undefined: nothing is told. */
  readonly onThanks: ((isThanks: boolean) => void) | undefined
}

const SCREENS = {
  desktop: { width: 1_280, height: 800 },
  phone: { width: 390, height: 760 },
} as const
type Screen = keyof typeof SCREENS

/** The pop-up as visitors get it, at the width of their screen. Only to be looked at. */
export function PreviewPane({ content, language, isThanks, onThanks }: PreviewPaneProps) {
  const { t } = useWords()
  const { shop } = useSession()
  const [screen, setScreen] = useState<Screen>(isNarrow.value ? 'phone' : 'desktop')
  const [isDark, setDark] = useState(false)
  const drawing = useDrawing(content)
  const drawn =
    content.design.kind === 'html'
      ? drawing?.refusal === undefined
        ? drawing?.value.content
        : undefined
      : drawnPopup(content)
  const shown = drawn && (isThanks ? thanksOf(drawn, content) : drawn)
  return (
    <section class="preview-pane" aria-label={t('editor.preview')}>
      <div class="preview-tools">
        <Switch
          label={t('editor.preview.screen')}
          value={screen}
          options={[
            { value: 'desktop', label: t('editor.preview.desktop'), icon: 'screen' },
            { value: 'phone', label: t('editor.preview.phone'), icon: 'phone' },
          ]}
          onChange={setScreen}
        />
        <Switch
          label={t('editor.preview.scheme')}
          value={isDark ? 'dark' : 'light'}
          options={[
            { value: 'light', label: t('editor.preview.light'), icon: 'sun' },
            { value: 'dark', label: t('editor.preview.dark'), icon: 'moon' },
          ]}
          onChange={(value) => setDark(value === 'dark')}
        />
        {onThanks !== undefined && (
          <Switch
            label={t('editor.preview.moment')}
            value={isThanks ? 'after' : 'before'}
            options={[
              { value: 'before', label: t('editor.preview.before') },
              { value: 'after', label: t('editor.preview.after') },
            ]}
            onChange={(value) => onThanks(value === 'after')}
          />
        )}
      </div>
      <Frame
        screen={screen}
        shown={
          shown && {
            content: shown,
            known: exampleVisitor(content, shop.currency, t('first_run.example_item')),
            language,
            isDark,
          }
        }
      />
    </section>
  )
}

function thanksOf(drawn: PopupContent, { design }: Popup): PopupContent {
  return { ...drawn, canClose: true, design: { kind: 'blocks', blocks: design.thanks ?? [] } }
}

interface FrameProps {
  readonly screen: Screen
  readonly shown: FrameShown | undefined
}

/** A window of its own, as wide as a visitor's and made smaller, so that what depends on the width is true. */
function Frame({ screen, shown }: FrameProps) {
  const { t } = useWords()
  const frame = useRef<HTMLIFrameElement>(null)
  const room = useRef<HTMLDivElement>(null)
  const [isReady, setReady] = useState(false)
  const [roomWidth, setRoomWidth] = useState(0)
  const { width, height } = SCREENS[screen]
  const scale = Math.min(1, roomWidth / width)

  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<unknown>) => {
      if (source === frame.current?.contentWindow && data === FRAME_READY) setReady(true)
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [])
  useEffect(() => {
    if (!isReady || shown === undefined) return
    frame.current?.contentWindow?.postMessage(shown, location.origin)
  }, [isReady, shown])
  useLayoutEffect(() => {
    const element = room.current
    if (element === null) return
    const watcher = new ResizeObserver(() => setRoomWidth(element.clientWidth))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])

  return (
    <div class="preview-room" ref={room} inert aria-hidden="true">
      <div
        class="preview-screen"
        data-screen={screen}
        style={{ inlineSize: `${width * scale}px`, blockSize: `${height * scale}px` }}
      >
        <iframe
          ref={frame}
          src={PREVIEW_FRAME_PATH}
          title={t('editor.preview')}
          tabIndex={-1}
          style={{
            inlineSize: `${width}px`,
            blockSize: `${height}px`,
            transform: `scale(${scale})`,
          }}
        />
      </div>
    </div>
  )
}

interface SwitchProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly label: string
    readonly icon?: 'screen' | 'phone' | 'sun' | 'moon'
  }[]
  readonly onChange: (value: Value) => void
}

function Switch<Value extends string>({ label, value, options, onChange }: SwitchProps<Value>) {
  return (
    <fieldset class="switch" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.icon !== undefined && <Icon name={option.icon} />}
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
