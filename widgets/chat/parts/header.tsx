/** @jsxRuntime classic */
/** @jsx h */
import { CHAT_AVATAR_PATH } from '#protocol/names.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { Scene } from '../scene.ts'
import { icon } from './icon.tsx'

export function header(scene: Scene): VNode {
  const { model, view, t, text, isPage } = scene
  const isMenu = view.sheet === 'menu'
  return (
    <div class="header">
      {faces(scene)}
      <div class="who">
        <h2 class="title" id="gp-chat-title">
          {text('title')}
        </h2>
        <p class="presence">
          <i
            class={(view.conversation?.isAnyoneThere ?? view.look.isAnyoneThere) ? 'dot on' : 'dot'}
          />
          <span>{presence(scene)}</span>
        </p>
      </div>
      <button
        type="button"
        class="tool"
        id="gp-chat-more"
        aria-label={t('menu')}
        aria-expanded={isMenu ? 'true' : 'false'}
        aria-controls="gp-chat-menu"
        onClick={() => model.unfold(isMenu ? undefined : 'menu')}
      >
        {icon('more')}
      </button>
      {!isPage && (
        <button type="button" class="tool" aria-label={t('close')} onClick={model.close}>
          {icon('close')}
        </button>
      )}
      {isMenu && scene.forms?.menu(scene)}
    </div>
  )
}

/** Who answers, else who could. */
function namesOf({ view }: Scene): readonly string[] {
  const answering = view.conversation?.operators ?? []
  const there = answering.length > 0 ? answering : view.look.operators
  return there.map(({ name }) => name)
}

function presence(scene: Scene): string {
  const { view, t } = scene
  const names = namesOf(scene)
  const list = names.join(', ')
  if ((view.conversation?.operators ?? []).length > 0) return t('answers', { names: list })
  if (!(view.conversation?.isAnyoneThere ?? view.look.isAnyoneThere)) return opening(scene)
  return names.length > 0 ? t('here', { names: list }) : t('anyone')
}

function opening({ view, t, language, now }: Scene): string {
  const { opensAt } = view.look
  if (opensAt === null || opensAt < now) return t('nobody')
  const isSoon = opensAt - now < 20 * 3_600_000
  const when = new Intl.DateTimeFormat(language, {
    hour: 'numeric',
    minute: '2-digit',
    ...(isSoon ? {} : { weekday: 'long' }),
  })
  return t('opens', { when: when.format(opensAt) })
}

function faces(scene: Scene): VNode {
  const { view, address } = scene
  const { hasAvatar, channelId, shopName } = view.look
  if (hasAvatar) {
    const url = address(CHAT_AVATAR_PATH.replace(':channelId', encodeURIComponent(channelId)))
    return (
      <div class="faces" aria-hidden="true">
        <img class="face" src={url} alt="" width="40" height="40" />
      </div>
    )
  }
  const names = namesOf(scene)
  return (
    <div class="faces" aria-hidden="true">
      {(names.length > 0 ? names : [shopName]).slice(0, 3).map((name) => face(name))}
    </div>
  )
}

export function face(name: string): VNode {
  const [first = ''] = name.trim()
  return (
    <span class="face" key={name} aria-hidden="true">
      {first.toLocaleUpperCase()}
    </span>
  )
}
