import { signal, type ReadonlySignal } from '@preact/signals'

export interface ChatWindow {
  /** Of the conversation. */
  readonly id: string
  readonly isMinimised: boolean
}

/** Conversations that stay in sight on every page of the console: three at most, the newest last. */
export interface ChatWindows {
  readonly shown: ReadonlySignal<readonly ChatWindow[]>
  readonly open: (id: string) => void
  /** As its title bar only, where another is to be seen first. */
  readonly announce: (id: string) => void
  readonly toggle: (id: string) => void
  readonly close: (id: string) => void
}

const MOST = 3

/** A reload of the tab has them again. */
export function createChatWindows(
  memory: Pick<Storage, 'getItem' | 'setItem'>,
  shopKey: string,
): ChatWindows {
  const name = `gp.console.chat-windows.${shopKey}`
  const shown = signal<readonly ChatWindow[]>(JSON.parse(memory.getItem(name) ?? '[]'))

  function show(windows: readonly ChatWindow[]): void {
    shown.value = windows.slice(-MOST)
    memory.setItem(name, JSON.stringify(shown.value))
  }

  function isShown(id: string): boolean {
    return shown.value.some((one) => one.id === id)
  }

  function minimise(id: string, isMinimised: (before: boolean) => boolean): void {
    show(
      shown.value.map((one) =>
        one.id === id ? { id, isMinimised: isMinimised(one.isMinimised) } : one,
      ),
    )
  }

  return {
    shown,
    open(id) {
      if (isShown(id)) minimise(id, () => false)
      else show([...shown.value, { id, isMinimised: false }])
    },
    announce(id) {
      // What somebody works in is not pushed out by what comes.
      if (!isShown(id) && shown.value.length < MOST) {
        show([...shown.value, { id, isMinimised: true }])
      }
    },
    toggle: (id) => minimise(id, (before) => !before),
    close: (id) => show(shown.value.filter((one) => one.id !== id)),
  }
}
