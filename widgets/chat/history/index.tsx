import { createHistoryModel } from './model.ts'
import type { History, HistoryDeps } from '../scene.ts'
import { screens } from './screens.tsx'
import { historyWords } from './words.ts'

export { styles } from './styles.ts'

/** Earlier chats: a list, one to read, and what a mailed code shows. Loaded when they are first wanted. */
export function createHistory(deps: HistoryDeps): History {
  const { host, redraw, log } = deps
  const words = historyWords(host.language)
  const history = createHistoryModel(deps, (isStep) => {
    const { trouble } = history.view()
    redraw()
    if (isStep) focus('.past-title')
    else if (trouble) focus('.form [aria-invalid=true]')
  })

  function focus(selector: string): void {
    // Elsewhere in the window somebody does something else.
    if (deps.model.view().sheet !== 'history') return
    const field = host.root.querySelector<HTMLElement>(`.form input`)
    const found = host.root.querySelector<HTMLElement>(selector)
    ;(selector === '.past-title' ? (field ?? found) : found)?.focus()
  }

  return {
    begin() {
      history.begin()
      focus('.past-title')
    },
    look: history.look,
    messages: () => history.view().read?.messages ?? [],
    screen: (scene) => screens({ scene, history, words, log }),
  }
}
