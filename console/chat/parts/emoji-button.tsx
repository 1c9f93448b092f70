import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words.ts'

const EMOJI =
  '🙂 😀 😄 😉 😊 😍 🤗 🤔 😅 😂 🙃 😎 😕 😔 😢 😮 🙏 👍 👎 👏 👌 🤝 💪 👋 ❤️ ✨ 🎉 🎁 🛒 📦 🚚 ✅ ❌ ⏳ 📅 ☕'.split(
    ' ',
  )

/** A handful of those that are used in shops. */
export function EmojiButton({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const { t } = useWords()
  const box = useRef<HTMLSpanElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    const close = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false)
    }
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      setOpen(false)
      box.current?.querySelector('button')?.focus()
    }
    addEventListener('keydown', press, { capture: true })
    addEventListener('pointerdown', close)
    addEventListener('focusin', close)
    return () => {
      removeEventListener('keydown', press, { capture: true })
      removeEventListener('pointerdown', close)
      removeEventListener('focusin', close)
    }
  }, [isOpen])
  return (
    <span class="composer-emoji" ref={box}>
      <button
        type="button"
        class="button button-quiet"
        aria-label={t('inbox.emoji')}
        title={t('inbox.emoji')}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="smile" />
      </button>
      {isOpen && (
        <fieldset class="emoji-sheet" aria-label={t('inbox.emoji')}>
          {EMOJI.map((emoji) => (
            <button
              type="button"
              key={emoji}
              onClick={() => {
                setOpen(false)
                onPick(emoji)
              }}
            >
              {emoji}
            </button>
          ))}
        </fieldset>
      )}
    </span>
  )
}
