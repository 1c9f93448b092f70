import type { Decision } from '#protocol/experiences.ts'
import type { LazyHost } from '../lazy.ts'
import { attempt } from '../log.ts'

/** Whoever has not pressed a key for so long does not type at this moment. */
const TYPING_MS = 2_000
const EDITABLE = 'input,textarea,select,[contenteditable]'

/** Gives whether a decision would come at a bad moment. */
export function createTact(host: LazyHost): (decision: Decision) => boolean {
  const { document } = host.window
  let typedAt = -Infinity

  host.listen(document, 'keydown', (event) => {
    const [target] = event.composedPath() as Element[]
    if (target?.closest?.(EDITABLE)) typedAt = host.now()
  })

  return ({ content: { layout } }) => {
    // It takes the focus, and what is typed would go on in it.
    if (layout.kind === 'modal') return host.now() - typedAt < TYPING_MS
    // Whatever is not in the page's own dialog is inert; and old browsers do not know it.
    return attempt(() => !!document.querySelector('dialog:modal'), false)
  }
}
