/** @jsxRuntime classic */
/** @jsx h */
import { h, type Child, type VNode } from '../kit/h.ts'
import type { Scene } from './scene.ts'

/** What can be done with a chat beside talking. */
export function menu({ model, view, t }: Scene): VNode {
  const runs = view.conversation !== undefined && view.conversation.state !== 'closed'
  return (
    <ul class="menu" id="gp-chat-menu">
      {entry(t(view.isMuted ? 'soundOn' : 'soundOff'), () => model.mute(!view.isMuted))}
      {entry(t('earlier'), () => model.unfold('history'))}
      {view.conversation && entry(t('transcript'), () => model.unfold('transcript'))}
      {runs && entry(t('end'), () => void model.finish())}
    </ul>
  )
}

function entry(label: string, choose: () => void): Child {
  return (
    <li>
      <button type="button" onClick={choose}>
        {label}
      </button>
    </li>
  )
}
