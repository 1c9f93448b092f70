/** @jsxRuntime classic */
/** @jsx h */
import type { Block, BlockOf, Layout } from '#protocol/popup.ts'
import { h } from '../../kit/h.ts'
import { labelOf } from '../label.ts'
import type { Scene } from '../scene.ts'
import { valuesIn } from '../fields.ts'
import type { createWaysOut } from '../ways-out.ts'
import { drawnBlocks, picture } from './blocks.tsx'

interface FrameGiven {
  readonly scene: Scene
  readonly layout: Layout
  /** The theme's tokens, as CSS. */
  readonly tokens: string
  /** Told to screen readers, once, in its place among what they read. */
  readonly said: string
  readonly waysOut: ReturnType<typeof createWaysOut>
}

/** The box, what is in it, and the way out of it. */
export function frame({ scene, layout, tokens, said, waysOut }: FrameGiven) {
  const { model, state, words } = scene
  const { content, thanks } = state
  const Box = layout.kind === 'modal' ? 'dialog' : 'section'
  const blocks = thanks ?? ('tree' in content.design ? [] : content.design.blocks)
  const [hero, rest] = heroOf(blocks, layout)
  return (
    <Box
      class={`box ${classOf(layout)}${hero && isTall(hero) ? ' split' : ''}`}
      aria-label={labelOf(state, words)}
      lang={words.language}
      dir={words.direction}
      tabindex={-1}
      style={tokens}
      {...waysOut}
    >
      {hero && (
        <div class="hero" key="hero">
          {picture(hero, scene)}
        </div>
      )}
      {body(rest, scene)}
      {content.canClose && (
        <button
          class="close"
          key="close"
          type="button"
          aria-label={words.t('close')}
          onClick={() => model.close('button')}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
      <output class="said" key="said">
        {said}
      </output>
    </Box>
  )
}

function body(blocks: readonly Block[], scene: Scene) {
  const { model, state, words } = scene
  const { sendState, thanks } = state
  const hasFields = blocks.some(({ kind }) => kind === 'field')
  const Around = hasFields ? 'form' : 'div'
  const submit = (event: Event) => {
    event.preventDefault()
    void model.send(valuesIn(event.currentTarget))
  }
  return (
    <Around
      class="body"
      key={thanks ? 'thanks' : 'design'}
      tabindex={-1}
      {...(hasFields && { novalidate: true, onSubmit: submit })}
    >
      {'tree' in state.content.design && !thanks ? <div class="own" /> : drawnBlocks(blocks, scene)}
      {thanks?.length === 0 && <h2 class="heading">{words.t('thanks')}</h2>}
      {(sendState === 'offline' || sendState === 'invalid') && (
        <p class="bad" role="alert">
          {words.t(sendState)}
        </p>
      )}
    </Around>
  )
}

/** A picture that comes first reaches to the edges of the box. */
function heroOf(
  blocks: readonly Block[],
  { kind }: Layout,
): readonly [BlockOf<'image'> | undefined, readonly Block[]] {
  const [first, ...rest] = blocks
  return kind !== 'bar' && first?.kind === 'image' ? [first, rest] : [undefined, blocks]
}

/** It then stands beside the words, where there is room. */
function isTall({ width, height }: BlockOf<'image'>): boolean {
  return height > width * 0.8
}

function classOf(layout: Layout): string {
  if (layout.kind === 'bar') return `bar ${layout.edge}`
  return layout.kind === 'slideIn' ? `slide ${layout.corner}` : 'modal'
}
