import type { Known } from '#protocol/experiences.ts'
import type { PopupContent } from '#protocol/popup.ts'
import type { MountedWidget, PartName } from '#widgets/kit/host.ts'

export interface Shown {
  readonly content: PopupContent
  readonly known: Known
  readonly language: string
}

/** The widget itself, as visitors get it, in an element of the console. */
export interface PopupStage {
  /** Draws into `element`; returns what takes it away again. */
  readonly open: (element: HTMLElement, shown: Shown) => () => void
  /** What is shown has changed, but not where it stands. */
  readonly update: (shown: Shown) => void
}

/** A dialog that is not shown stands where the page puts it: here in the middle. */
const IN_THE_MIDDLE = '.modal{inset:0;height:fit-content;max-height:100%}.box{animation:none}'

export function createPopupStage(): PopupStage {
  let widget: MountedWidget<PopupContent> | undefined
  let newest: Shown | undefined

  async function draw(element: HTMLElement, isGone: () => boolean): Promise<void> {
    const { mount, ready } = await import('#widgets/popup/index.tsx')
    if (newest !== undefined) await ready(newest.content, load)
    if (isGone() || newest === undefined) return
    const { content, known, language } = newest
    const place = document.createElement('div')
    element.replaceChildren(place)
    const root = place.attachShadow({ mode: 'open' })
    widget = mount({
      root,
      content,
      known,
      load,
      languages: [language],
      now: Date.now,
      shown: nothing,
      clicked: nothing,
      closed: nothing,
      chose: nothing,
      submit: async () => ({ ok: false, reason: 'offline' }),
    })
    const placed = new CSSStyleSheet()
    placed.replaceSync(IN_THE_MIDDLE)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, placed]
    root.querySelector('dialog')?.setAttribute('open', '')
  }

  return {
    open(element, shown) {
      let isGone = false
      newest = shown
      void draw(element, () => isGone)
      return () => {
        isGone = true
        void widget?.unmount()
        widget = undefined
      }
    },

    update(shown) {
      newest = shown
      widget?.update(shown.content, shown.known)
    },
  }
}

function load(name: PartName): Promise<unknown> {
  return name === 'own-html'
    ? import('#widgets/popup/own-html.ts')
    : import('#widgets/popup/offers.ts')
}

function nothing(): void {}
