/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import { isSamePage, safeLink } from '../../kit/link.ts'
import type { Scene } from '../scene.ts'

export function button(
  { action, look, text }: BlockOf<'button'>,
  { model, state, words }: Scene,
): VNode | null {
  const label = words.text(text)
  const looks = { class: `button ${look}` }
  if (action.do === 'link') {
    const { inNewTab } = action
    const href = safeLink(action.url)
    if (href === undefined) return null
    const follow = () => {
      model.use(label)
      // what it leads to lies behind this, or in another tab
      if (inNewTab || isSamePage(href)) model.close('action')
    }
    return (
      <a
        {...looks}
        href={href}
        {...(inNewTab && { target: '_blank', rel: 'noopener' })}
        onClick={follow}
      >
        {label}
      </a>
    )
  }
  if (action.do !== 'submit') {
    const press = () => {
      // chosen first: what is withdrawn takes with it what waits to be sent
      if (action.do === 'consent') model.choose(action.allows, label)
      model.close('action')
    }
    return (
      <button {...looks} type="button" onClick={press}>
        {label}
      </button>
    )
  }
  const isSending = state.sendState === 'now'
  // not disabled, which would take the focus from it
  return (
    <button
      {...looks}
      type="submit"
      aria-disabled={isSending ? 'true' : undefined}
      onClick={() => isSending || model.use(label)}
    >
      {isSending ? words.t('sending') : label}
    </button>
  )
}
