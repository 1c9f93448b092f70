/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h } from '../../kit/h.ts'
import type { Scene } from '../scene.ts'

interface CouponProps {
  readonly block: BlockOf<'coupon'>
  readonly scene: Scene
}

export function Coupon({ block: { code, label }, scene: { model, state, words } }: CouponProps) {
  const copyLabel = words.t('copy')
  const copy = (event: Event) => {
    model.use(copyLabel)
    void copied(code, event.currentTarget).then((isCopied) => isCopied && model.copy(code))
  }
  return (
    <div class="coupon">
      <p>
        {label !== undefined && <small>{words.text(label)} </small>}
        <code dir="ltr">{code}</code>
      </p>
      <button class="button secondary" type="button" onClick={copy}>
        {words.t(state.copiedCode === code ? 'copied' : 'copy')}
      </button>
    </div>
  )
}

/** Whether it could be copied; else it is marked, so that the visitor can do it. */
async function copied(code: string, button: EventTarget | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(code)
    return true
  } catch {
    // not allowed, or not a secure page
    const shown = button instanceof Element && button.previousElementSibling?.lastElementChild
    if (shown) getSelection()?.selectAllChildren(shown)
    return false
  }
}
