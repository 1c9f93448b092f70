/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { Taken } from '../model.ts'
import type { Scene } from '../scene.ts'

export function coupon({ code, label }: BlockOf<'coupon'>, { model, state, words }: Scene): VNode {
  const copyLabel = words.t('copy')
  const copy = (event: Event) => {
    model.use(copyLabel)
    void take(code, event.currentTarget).then((became) => model.take({ code, became }))
  }
  return (
    <div class="coupon">
      <p>
        {label !== undefined && <small>{words.text(label)} </small>}
        <code dir="ltr">{code}</code>
      </p>
      <button class="button secondary" type="button" onClick={copy}>
        {state.taken?.code === code ? words.t(state.taken.became) : copyLabel}
      </button>
    </div>
  )
}

/** Copies it; where that is not allowed, it is marked, so that the visitor can do it. */
async function take(code: string, button: EventTarget | null): Promise<Taken['became']> {
  try {
    await navigator.clipboard.writeText(code)
    return 'copied'
  } catch {
    // not allowed, or not a secure page
    const shown = button instanceof Element && button.previousElementSibling?.lastElementChild
    if (shown) getSelection()?.selectAllChildren(shown)
    return 'marked'
  }
}
