import { TAG_FOLDER } from '#protocol/names.ts'
import type { ChatPart } from '#widgets/kit/chat-host.ts'
import type { PartName } from '#widgets/kit/host.ts'
import type { Answer } from './answer.ts'
import type { Browser } from './browser.ts'
import type { ConsentState } from './consent.ts'
import type { Happening } from './events.ts'
import type { IdentityState, Who } from './identity.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Listeners } from './listeners.ts'
import type { Log } from './log.ts'
import type { PlainObject } from './json.ts'
import type { Queue } from './queue.ts'
import type { Settings } from './settings.ts'
import type { Storage } from './storage.ts'
import type { Ask, Reply } from './transport.ts'

/**
 * What a chunk may use of the tag. Every chunk exports `start(host)`, which may be called again at each page view;
 * those behind a command are started with its name and what it was given, and what they return is its outcome.
 */
export interface LazyHost
  extends
    Pick<Lifecycle, 'listen' | 'onEnd'>,
    Pick<Browser, 'window' | 'after' | 'now' | 'random' | 'newId' | 'fetch'>,
    Pick<Settings, 'shop' | 'host'> {
  readonly on: Listeners['on']
  readonly tellPage: Listeners['emit']
  /** `run` that cannot throw into the page. */
  readonly guarded: Log['guard']
  readonly chunk: (name: ChunkName) => Promise<unknown>
  readonly ask: Ask
  /** Undefined until the route's first. */
  answer?: Answer | undefined
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

export type ChunkName =
  | 'json-ld'
  | 'declared'
  | 'tcf'
  | 'debug'
  | 'tabs'
  | 'words'
  | 'experiences'
  | 'triggers'
  | 'popup'
  | PartName
  | 'preview'
  | 'launcher'
  | 'conversation'
  | 'chat-rules'
  | 'chat'
  | 'chat-socket'
  | `chat-${ChatLanguage}`
  | `chat-forms-${ChatLanguage}`
  | ChatPart

/** Those that the chat's window speaks, a file each. */
export type ChatLanguage = 'en' | 'es' | 'pt' | 'vi'

/** Where the tag came from, once that is known. */
export type Source = Partial<Pick<Settings, 'tagHost' | 'nonce'>>

/** Gives the function that loads a chunk. */
export function createLoader(
  { window, load }: Browser,
  source: Source,
): (name: ChunkName) => Promise<unknown> {
  let hashes: Promise<unknown> | undefined
  const preloaded = new Set<ChunkName>()

  /** `import()` takes no hash; a preload of the same module does, and the browser then holds the module to it. */
  async function loadHeld(url: string, integrity: string): Promise<unknown> {
    const { nonce } = source
    const attributes = { rel: 'modulepreload', crossOrigin: '', integrity, nonce, href: url }
    const link = window.document.createElement('link')
    // Where this fails nothing may be loaded, so it is not caught here.
    window.document.head.append(Object.assign(link, attributes))
    return load(url)
  }

  return async (name) => {
    const folder = `${source.tagHost}${TAG_FOLDER}${__GP_VERSION__}/`
    const url = `${folder}${name}.js`
    if (!__GP_INTEGRITY__ || preloaded.has(name)) return load(url)
    // One hash instead of one for each chunk: a hash does not compress, and most pages load none.
    hashes ??= loadHeld(`${folder}integrity.js`, __GP_INTEGRITY__)
    const { integrity } = (await hashes) as { integrity: Record<ChunkName, string> }
    preloaded.add(name)
    return loadHeld(url, integrity[name])
  }
}
