/** @jsxRuntime classic */
/** @jsx h */
import { h, type Child, type VNode } from '../../kit/h.ts'
import type { Scene } from '../scene.ts'
import { composer } from './composer.tsx'
import { header } from './header.tsx'
import { icon } from './icon.tsx'
import { log } from './log.tsx'

interface WindowProps {
  readonly scene: Scene
  /** CSS of the theme's tokens. */
  readonly tokens: string
  readonly direction: 'ltr' | 'rtl'
  /** It covers the page, which can't be reached meanwhile. */
  readonly isWhole: boolean
}

export function chatWindow({ scene, tokens, direction, isWhole }: WindowProps): VNode {
  const { view, language, isPage } = scene
  return (
    <dialog
      class={isPage ? 'window page' : 'window'}
      aria-modal={isWhole && !isPage ? 'true' : undefined}
      aria-labelledby="gp-chat-title"
      lang={language}
      dir={direction}
      style={tokens}
      tabIndex={-1}
      open={view.isOpen}
    >
      {header(scene)}
      <output class={view.link === 'lost' ? 'banner' : 'banner none'}>
        {view.link === 'lost' && scene.t('reconnecting')}
      </output>
      {body(scene)}
    </dialog>
  )
}

function body(scene: Scene): Child {
  const { view, forms, t } = scene
  if (view.sheet === 'history') return scene.history?.screen(scene)
  if (view.sheet === 'transcript') return forms?.transcript(scene)
  if (view.stage === 'offline') return forms?.offline(scene)
  if (view.stage === 'preChat') return forms?.preChat(scene)
  return [
    log(scene),
    scene.isBehind && (
      <div class="latest">
        <button type="button" onClick={scene.goToEnd}>
          {icon('down')}
          {t('newMessages')}
        </button>
      </div>
    ),
    view.isBlocked ? (
      <p class="foot">{t('blocked')}</p>
    ) : view.stage === 'ended' ? (
      forms?.ended(scene)
    ) : (
      (scene.bot?.entry(scene, composer) ?? composer(scene))
    ),
  ]
}
