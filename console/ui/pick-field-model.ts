import { computed, signal, type ReadonlySignal } from '@preact/signals'

export interface Choice {
  readonly value: string
  readonly label: string
  /** Beside the label, quieter. */
  readonly note?: string
  /** What it is found by as well. */
  readonly keywords?: string
}

/** A field of a list that is too long to look through: what is typed narrows it (ARIA's combobox with a list). */
export interface PickFieldModel {
  readonly isOpen: ReadonlySignal<boolean>
  /** What is typed while it is open; undefined: nothing so far, so that all are shown. */
  readonly text: ReadonlySignal<string | undefined>
  readonly found: ReadonlySignal<readonly Choice[]>
  /** The place in `found` that the keyboard is on; -1: nowhere. */
  readonly active: ReadonlySignal<number>
  readonly open: () => void
  readonly type: (text: string) => void
  /** By `steps`, round the ends. */
  readonly move: (steps: number) => void
  /** What the keyboard is on; undefined: nothing. */
  readonly activeChoice: () => Choice | undefined
  readonly close: () => void
}

interface PickFieldDeps {
  readonly choices: () => readonly Choice[]
  readonly value: () => string
}

export function createPickFieldModel({ choices, value }: PickFieldDeps): PickFieldModel {
  const isOpen = signal(false)
  const text = signal<string | undefined>(undefined)
  const active = signal(-1)
  const found = computed(() => (isOpen.value ? matching(choices(), text.value ?? '') : []))

  function open(): void {
    if (isOpen.value) return
    isOpen.value = true
    text.value = undefined
    active.value = found.value.findIndex((choice) => choice.value === value())
  }

  return {
    isOpen,
    text,
    found,
    active,
    open,

    type(typed) {
      open()
      text.value = typed
      active.value = found.value.length > 0 ? 0 : -1
    },

    move(steps) {
      open()
      const { length } = found.value
      if (length === 0) return
      const from = active.value === -1 && steps < 0 ? 0 : active.value
      active.value = (from + steps + length) % length
    },

    activeChoice: () => (isOpen.value ? found.value[active.value] : undefined),

    close() {
      isOpen.value = false
      text.value = undefined
      active.value = -1
    },
  }
}

/** Every word typed must begin a word of the choice; accents and case don't count. What begins so comes first, what has it among its keywords last. */
function matching(choices: readonly Choice[], text: string): readonly Choice[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return choices
  const inLabel = choices.filter(({ label }) => begins(label, words))
  const elsewhere = choices.filter(
    (choice) =>
      !inLabel.includes(choice) &&
      begins(`${choice.label} ${choice.note ?? ''} ${choice.keywords ?? ''}`, words),
  )
  const starts = inLabel.filter(({ label }) => plain(label).startsWith(words.join(' ')))
  const within = inLabel.filter((choice) => !starts.includes(choice))
  return [...starts, ...within, ...elsewhere]
}

function begins(text: string, words: readonly string[]): boolean {
  const known = plain(text).split(/[\s,()]+/)
  return words.every((word) => known.some((candidate) => candidate.startsWith(word)))
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
