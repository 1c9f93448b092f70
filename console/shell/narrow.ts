import { signal, type ReadonlySignal } from '@preact/signals'

const query = globalThis.matchMedia?.('(max-width: 860px)')
const narrow = signal(query?.matches ?? false)
query?.addEventListener('change', ({ matches }) => {
  narrow.value = matches
})

/** There is no room for the navigation beside the page. */
export const isNarrow: ReadonlySignal<boolean> = narrow
