import { TAG_FOLDER } from '#protocol/names.ts'
import type { Browser } from './browser.ts'
import type { Choice } from './consent.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Listeners } from './listeners.ts'
import type { PlainObject } from './json.ts'
import { attempt, type Log } from './log.ts'
import type { Settings } from './settings.ts'

/** What a chunk may use of the tag. Every chunk exports `start(host)`, which may be called again at each page view. */
export interface LazyHost {
  readonly window: Window & typeof globalThis
  readonly document: Document
  readonly listen: Lifecycle['listen']
  readonly whenEnded: Lifecycle['onEnd']
  readonly on: Listeners['on']
  readonly track: (name: string, properties: PlainObject) => void
  readonly identify: (traits: PlainObject) => void
  /** The visitor's choice, by a consent platform. */
  readonly choose: (choice: Choice) => void
}

export type ChunkName = 'json-ld' | 'declared' | 'tcf' | 'debug'

/** Gives the function that loads a chunk, once, and starts it. Without it the tag does the rest of its work. */
export function createLoader(
  browser: Browser,
  log: Log,
  settings: Settings,
  host: LazyHost,
): (name: ChunkName) => void {
  const preloaded = new Set<ChunkName>()

  return log.guard(async (name: ChunkName) => {
    const url = `${settings.tagHost}${TAG_FOLDER}${__GP_VERSION__}/${name}.js`
    if (!preloaded.has(name)) attempt(() => preload(browser.document, url, name, settings.nonce))
    preloaded.add(name)
    try {
      const { start } = (await browser.load(url)) as { start: (host: LazyHost) => void }
      log.guard(start)(host)
    } catch {
      log.warn('chunk', `${url} did not load.`)
    }
  })
}

/** `import()` takes no hash; a preload of the same module does, and the browser then holds the module to it. */
function preload(document: Document, href: string, name: ChunkName, nonce: string) {
  const integrity = __GP_INTEGRITY__[name] ?? ''
  const rel = 'modulepreload'
  const attributes = { rel, crossOrigin: 'anonymous', integrity, nonce, href }
  document.head.append(Object.assign(document.createElement('link'), attributes))
}
