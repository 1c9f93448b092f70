import { signal, type ReadonlySignal } from '@preact/signals'

/** Where the console is: an address below `/console`, without its fragment. */
export interface Place {
  readonly path: string
  readonly query: URLSearchParams
}

const current = signal<Place>({ path: '', query: new URLSearchParams() })
const walked = signal(0)

export const route: ReadonlySignal<Place> = current
/** How often another page was gone to since this document was loaded. */
export const navigations: ReadonlySignal<number> = walked

/** Reads the address, and follows it from now on; returns `stop`. */
export function startRouting(): () => void {
  const follow = () => {
    arrive()
    walked.value += 1
  }
  current.value = placeOf(location.href)
  addEventListener('popstate', follow)
  return () => removeEventListener('popstate', follow)
}

/** Goes to a page of the console without loading a document. `replace`: going back leads to the page before this one. */
export function navigate(path: string, { replace = false } = {}): void {
  if (new URL(path, location.href).href === location.href) return
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  const isAnother = placeOf(location.href).path !== current.value.path
  arrive()
  if (!isAnother) return
  walked.value += 1
  scrollTo(0, 0)
}

function arrive(): void {
  current.value = placeOf(location.href)
}

function placeOf(address: string): Place {
  const { pathname, searchParams } = new URL(address)
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname
  return { path, query: searchParams }
}
