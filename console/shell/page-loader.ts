import type { ComponentType } from 'preact'
import type { ConsolePage } from '../pages.ts'

export type Loaded =
  | { readonly kind: 'page'; readonly Page: ComponentType }
  | { readonly kind: 'broken' }

interface PageLoaderDeps {
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly reload: () => void
}

const NAME = 'gp.console.reloaded'

/**
 * Loads a page's module. After an update the server has other files: a module that is gone loads the document anew,
 * once; what fails then too is broken.
 */
export function createPageLoader({ memory, reload }: PageLoaderDeps) {
  return async function loadPage({
    path,
    load,
  }: Pick<ConsolePage, 'path' | 'load'>): Promise<Loaded> {
    try {
      const { Page } = await load()
      memory.removeItem(NAME)
      return { kind: 'page', Page }
    } catch {
      // No connection, or no such file any more; the browser does not say which.
      if (memory.getItem(NAME) === path) return { kind: 'broken' }
      memory.setItem(NAME, path)
      reload()
      return new Promise(() => {})
    }
  }
}
