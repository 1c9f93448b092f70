/** @jsxRuntime classic */
/** @jsx h */
import { ATTACHMENT_TYPES } from '#protocol/names.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { Scene } from '../scene.ts'
import { icon } from './icon.tsx'

export function composer(scene: Scene): VNode {
  const { model, view, t, text, emoji } = scene
  const isEmoji = view.sheet === 'emoji'
  const mayAttach = view.look.takesFiles && view.conversation !== undefined
  const submit = (event: Event) => {
    event.preventDefault()
    model.send()
  }
  return (
    <form class="composer" onSubmit={submit}>
      {isEmoji && emoji?.panel(scene)}
      <div class="entry">
        <textarea
          class="draft"
          rows={1}
          aria-label={text('placeholder')}
          placeholder={text('placeholder')}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => model.write((event.currentTarget as HTMLTextAreaElement).value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            model.send()
          }}
          onPaste={(event) => {
            const [file] = mayAttach ? (event.clipboardData?.files ?? []) : []
            if (!file) return
            event.preventDefault()
            model.attach(file)
          }}
        />
        <div class="tools">
          {mayAttach && (
            <label class="tool">
              <input
                class="unseen"
                type="file"
                multiple
                accept={ATTACHMENT_TYPES.join()}
                aria-label={t('attach')}
                onChange={(event) => {
                  const input = event.currentTarget as HTMLInputElement
                  for (const file of input.files ?? []) model.attach(file)
                  // so that the same may be chosen again
                  Object.assign(input, { value: '' })
                }}
              />
              {icon('clip')}
            </label>
          )}
          <button
            type="button"
            class="tool"
            aria-label={t('emoji')}
            aria-expanded={isEmoji ? 'true' : 'false'}
            aria-controls="gp-chat-emoji"
            onClick={() => model.unfold(isEmoji ? undefined : 'emoji')}
          >
            {icon('smile')}
          </button>
          <button
            class="send"
            type="submit"
            aria-label={t('send')}
            aria-disabled={view.draft.trim() ? undefined : 'true'}
          >
            {icon('send')}
          </button>
        </div>
      </div>
    </form>
  )
}
