import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { IconName } from '../ui/icon.tsx'
import { fuzzyScore } from './fuzzy.ts'

/** Something that can be gone to, or done. */
export interface PaletteEntry {
  readonly key: string
  readonly label: string
  /** What it is: “Page”, “Shop”. */
  readonly kind: string
  readonly icon: IconName
  readonly run: () => void
}

export interface PaletteModel {
  readonly isOpen: ReadonlySignal<boolean>
  readonly text: ReadonlySignal<string>
  /** What fits, the best first; before anything is typed, what was chosen last comes first. */
  readonly found: ReadonlySignal<readonly PaletteEntry[]>
  /** The one that Enter chooses. */
  readonly active: ReadonlySignal<PaletteEntry | undefined>

  /** Over all that can be gone to, or done, now. */
  readonly open: (entries: readonly PaletteEntry[]) => void
  readonly close: () => void
  readonly type: (text: string) => void
  /** By one, around the ends. */
  readonly move: (by: 1 | -1) => void
  readonly point: (key: string) => void
  readonly choose: (entry: PaletteEntry) => void
}

const NAME = 'gp.console.recent'
const MAX_RECENT = 5

export function createPaletteModel(memory: Pick<Storage, 'getItem' | 'setItem'>): PaletteModel {
  const isOpen = signal(false)
  const text = signal('')
  const all = signal<readonly PaletteEntry[]>([])
  const activeKey = signal<string | undefined>(undefined)
  const found = computed(() => {
    const typed = text.value.trim()
    if (typed === '') return byRecent(all.value, recentKeys())
    const scored = all.value.map((entry) => ({ entry, score: fuzzyScore(entry.label, typed) }))
    const fitting = scored.filter(({ score }) => score > 0)
    return fitting.toSorted((a, b) => b.score - a.score).map(({ entry }) => entry)
  })
  const active = computed(
    () => found.value.find(({ key }) => key === activeKey.value) ?? found.value[0],
  )

  function recentKeys(): readonly string[] {
    return memory.getItem(NAME)?.split('\n') ?? []
  }

  function close(): void {
    isOpen.value = false
  }

  return {
    isOpen,
    text,
    found,
    active,
    close,
    open(entries) {
      batch(() => {
        all.value = entries
        text.value = ''
        activeKey.value = undefined
        isOpen.value = true
      })
    },
    type(typed) {
      batch(() => {
        text.value = typed
        activeKey.value = undefined
      })
    },
    move(by) {
      const { length } = found.value
      const at = found.value.findIndex(({ key }) => key === active.value?.key)
      activeKey.value = found.value[(at + by + length) % length]?.key
    },
    point(key) {
      activeKey.value = key
    },
    choose({ key, run }) {
      const others = recentKeys().filter((known) => known !== key)
      memory.setItem(NAME, [key, ...others].slice(0, MAX_RECENT).join('\n'))
      close()
      run()
    },
  }
}

function byRecent(
  entries: readonly PaletteEntry[],
  recent: readonly string[],
): readonly PaletteEntry[] {
  const chosen = recent.flatMap((key) => entries.find((entry) => entry.key === key) ?? [])
  return [...chosen, ...entries.filter((entry) => !chosen.includes(entry))]
}
