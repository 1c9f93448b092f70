import type { Decision, Trigger } from '#protocol/experiences.ts'
import type { PopupContent } from '#protocol/popup.ts'

interface Given {
  readonly triggers?: readonly Trigger[]
  readonly layout?: PopupContent['layout']
}

/** A pop-up with a heading that is its key, a text and a button, as the server would decide it. */
export function decisionOf(key: string, given: Given = {}): Decision {
  const { triggers = [{ on: 'load' }], layout = { kind: 'modal' } } = given
  return {
    experienceId: `e-${key}`,
    key,
    kind: 'popup',
    variantId: `v-${key}`,
    priority: 0,
    triggers,
    frequency: { per: 'pageView', times: 1, stopAfter: [], gapSeconds: 0 },
    content: {
      layout,
      theme: {},
      canClose: true,
      design: {
        kind: 'blocks',
        blocks: [
          { kind: 'heading', text: key },
          { kind: 'text', text: 'Free delivery from 40 €.' },
          { kind: 'button', text: 'Go on', action: { do: 'close' }, look: 'primary' },
        ],
      },
    },
  }
}
