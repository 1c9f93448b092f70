import type { Known } from '#protocol/experiences.ts'
import type { Purpose } from '#protocol/names.ts'
import type { Block, Field, PopupContent } from '#protocol/popup.ts'
import type { Closing, WidgetHost } from '../kit/host.ts'
import { mistakesIn, type Mistakes, type Values } from './fields.ts'

export interface Taken {
  readonly code: string
  readonly became: 'copied' | 'marked'
}

export interface PopupState {
  readonly content: PopupContent
  readonly known: Known | undefined
  /** In place of the design, once its form was stored. */
  readonly thanks: readonly Block[] | undefined
  readonly mistakes: Mistakes
  /** How often it was tried to send the form. */
  readonly attempts: number
  readonly sendState: 'not' | 'now' | 'offline' | 'invalid'
  /** The code that was copied last, or marked where copying is not allowed. */
  readonly taken: Taken | undefined
}

export interface PopupModel {
  readonly state: () => PopupState
  readonly update: (content: PopupContent, known: Known | undefined) => void
  readonly use: (what: string) => void
  /** Allows these purposes and no others. */
  readonly choose: (allowed: readonly Purpose[], what: string) => void
  /** `action`: by a button of the design, which always may. */
  readonly close: (how: Closing) => void
  readonly correct: (field: Field) => void
  readonly send: (values: Values) => Promise<void>
  readonly take: (taken: Taken) => void
  /** Nothing changes afterwards. */
  readonly end: () => void
}

/** What the visitor does with a pop-up, and how it then stands. `changed` is called after each change. */
export function createPopupModel(host: WidgetHost<PopupContent>, changed: () => void): PopupModel {
  let isOver = false
  let state: PopupState = {
    content: host.content,
    known: host.known,
    thanks: undefined,
    mistakes: {},
    attempts: 0,
    sendState: 'not',
    taken: undefined,
  }

  function set(change: Partial<PopupState>): void {
    if (isOver) return
    state = { ...state, ...change }
    changed()
  }

  function close(how: Closing): void {
    if (isOver || (how !== 'action' && !state.content.canClose)) return
    host.closed(how)
  }

  async function send(values: Values): Promise<void> {
    const { design } = state.content
    if (state.sendState === 'now') return
    const mistakes = 'tree' in design ? {} : mistakesIn(design.blocks, values)
    const isWrong = Object.keys(mistakes).length > 0
    set({ mistakes, attempts: state.attempts + 1, sendState: isWrong ? 'not' : 'now' })
    if (isWrong) return
    const outcome = await host.submit(values)
    if (outcome.ok) set({ sendState: 'not', thanks: outcome.thanks })
    else set({ sendState: outcome.reason })
  }

  return {
    state: () => state,
    update: (content, known) => set({ content, known }),
    use: (what) => host.clicked(what),
    choose(allowed, what) {
      host.chose({
        statistics: allowed.includes('statistics'),
        personalisation: allowed.includes('personalisation'),
        marketing: allowed.includes('marketing'),
      })
      host.clicked(what)
    },
    close,
    correct({ name }) {
      const { [name]: corrected, ...mistakes } = state.mistakes
      if (corrected !== undefined) set({ mistakes })
    },
    send,
    take: (taken) => set({ taken }),
    end() {
      isOver = true
    },
  }
}
