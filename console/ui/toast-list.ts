import { signal, type ReadonlySignal } from '@preact/signals'

export interface Toast {
  readonly id: number
  readonly message: string
  readonly undo?: (() => void) | undefined
}

/** What was just done, each said for a while. */
export interface ToastList {
  readonly shown: ReadonlySignal<readonly Toast[]>
  readonly say: (message: string, options?: { readonly undo?: () => void }) => void
  /** Undoes what can be undone, and says no more of it. */
  readonly undo: (id: number) => void
  readonly dismiss: (id: number) => void
  /** While somebody is at them, none goes. */
  readonly hold: () => void
  readonly release: () => void
}

const UNDO_MS = 8_000
const SAID_MS = 5_000
const MAX_SHOWN = 3

/** `after` runs `act` later; returns what stops it. */
export function createToastList(after: (ms: number, act: () => void) => () => void): ToastList {
  const shown = signal<readonly Toast[]>([])
  const stops = new Map<number, () => void>()
  let last = 0

  function dismiss(id: number): void {
    stops.get(id)?.()
    stops.delete(id)
    shown.value = shown.value.filter((toast) => toast.id !== id)
  }

  function start({ id, undo }: Toast): void {
    stops.set(
      id,
      after(undo === undefined ? SAID_MS : UNDO_MS, () => dismiss(id)),
    )
  }

  function hold(): void {
    for (const stop of stops.values()) stop()
    stops.clear()
  }

  return {
    shown,
    dismiss,
    hold,
    say(message, { undo } = {}) {
      const toast = { id: ++last, message, undo }
      const gone = shown.value.slice(0, Math.max(0, shown.value.length + 1 - MAX_SHOWN))
      for (const { id } of gone) dismiss(id)
      shown.value = [...shown.value, toast]
      start(toast)
    },
    undo(id) {
      shown.value.find((toast) => toast.id === id)?.undo?.()
      dismiss(id)
    },
    release() {
      hold()
      for (const toast of shown.value) start(toast)
    },
  }
}
