import { TAG_FOLDER } from '#protocol/names.ts'
import type { Browser, PageWindow } from './browser.ts'
import type { ConsentState } from './consent.ts'
import type { Happening } from './events.ts'
import type { IdentityState, Who } from './identity.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Listeners } from './listeners.ts'
import type { PlainObject } from './json.ts'
import { attempt } from './log.ts'
import type { Queue } from './queue.ts'
import type { Settings } from './settings.ts'
import type { Storage } from './storage.ts'
import type { Reply } from './transport.ts'

/** What a chunk may use of the tag. Every chunk exports `start(host)`, which may be called again at each page view. */
export interface LazyHost extends Pick<Lifecycle, 'listen' | 'onEnd'> {
  readonly window: PageWindow
  readonly on: Listeners['on']
  readonly track: (name: string, properties: PlainObject) => void
  readonly record: (happening: Happening) => void
  readonly consent: Pick<ConsentState, 'choose'>
  readonly tabs: Tabs
}

/** What pages of the shop in this browser share. */
export interface Tabs {
  /** Where this page keeps its queue; those of all pages begin alike. */
  readonly ownKey: string
  readonly storage: Storage
  readonly queue: Pick<Queue, 'adopt' | 'save'>
  readonly identity: Pick<IdentityState, 'adopt'>
  /** Whether consent allows all this. */
  readonly isAllowed: () => boolean
  /** There are new events to send. */
  readonly send: () => void
  /** Tells the server of a visitor that our tabs gave up for the one they have. */
  readonly tellFormer: (former: Who) => Promise<Reply | undefined>
}

export type ChunkName = 'json-ld' | 'declared' | 'tcf' | 'debug' | 'tabs' | 'words'

/** Where the tag came from, once that is known. */
export type Source = Partial<Pick<Settings, 'tagHost' | 'nonce'>>

/** Gives the function that loads a chunk. */
export function createLoader(
  browser: Browser,
  source: Source,
): (name: ChunkName) => Promise<unknown> {
  const preloaded = new Set<ChunkName>()

  return async (name) => {
    const url = `${source.tagHost}${TAG_FOLDER}${__GP_VERSION__}/${name}.js`
    if (__GP_INTEGRITY__ && !preloaded.has(name)) {
      const integrity = __GP_INTEGRITY__[name] ?? ''
      preloaded.add(name)
      attempt(() => preload(browser.window.document, url, integrity, source.nonce ?? ''))
    }
    return browser.load(url)
  }
}

/** `import()` takes no hash; a preload of the same module does, and the browser then holds the module to it. */
function preload(document: Document, href: string, integrity: string, nonce: string) {
  const attributes = { rel: 'modulepreload', crossOrigin: 'anonymous', integrity, nonce, href }
  document.head.append(Object.assign(document.createElement('link'), attributes))
}
