import { FORMER_KEY } from '../identity.ts'
import { asObject, asText } from '../json.ts'
import type { LazyHost } from '../lazy.ts'
import { QUEUE_KEY, type QueueItem } from '../queue.ts'
import { PREFIX } from '../storage.ts'

interface Page {
  /** Tells other pages that ours is alive, until `leave`. */
  enter: () => void
  leave: () => void
  join: () => Promise<void>
}

const pages = new WeakMap<Window, Page>()

/** With consent, once the first request is answered: pages agree on the visitor, and finish what closed ones began. */
export function start(host: LazyHost): void {
  const { window, tabs } = host
  const page = pages.get(window) ?? openPage(host)
  pages.set(window, page)
  if (!tabs.isAllowed()) return page.leave()
  page.enter()
  void page.join().catch(() => undefined) // storage denied meanwhile: the next page tries again
}

function openPage({ window, tabs, listen, onEnd, on }: LazyHost): Page {
  const { storage, queue, identity } = tabs
  const locks = locksOf(window)
  let release: (() => void) | undefined

  function leave() {
    release?.()
    release = undefined
  }

  function enter() {
    const held = () =>
      new Promise<void>((resolve) => {
        release = resolve
      })
    if (!release) void alone(tabs.ownKey, held, {})
  }

  /** Denied locks (a sandboxed frame) are like none: the server knows an event sent twice by its id. */
  async function alone(name: string, act: () => unknown, options: LockOptions): Promise<unknown> {
    try {
      return locks
        ? await locks.request(PREFIX + name, options, (lock) => lock && act())
        : await act()
    } catch {
      return act()
    }
  }

  async function join() {
    // Two first pages at once each made a visitor; under the lock both see the one that stays, unless storage is late.
    await alone('id', identity.adopt, {})
    const keys = storage.keys()
    for (const key of keys.filter((one) => one.startsWith(FORMER_KEY))) {
      await alone(key, () => tellOf(key), { ifAvailable: true })
    }
    for (const key of keys) {
      if (!key.startsWith(QUEUE_KEY) || key === tabs.ownKey) continue
      const move = () => {
        if (!tabs.isAllowed()) return
        queue.adopt(itemsOf(storage.read(key)))
        // Ours first: in between, nothing must be nowhere.
        queue.save()
        storage.write(key, undefined)
        tabs.send()
      }
      await alone(key, move, { ifAvailable: true })
    }
  }

  /** Whichever page comes to it; it stays written until the server has heard. */
  async function tellOf(key: string) {
    const former = tabs.isAllowed() ? asObject(storage.read(key)) : undefined
    if (!former) return
    const { id, token } = former
    const reply = await tabs.tellFormer({ id: asText(id), token: asText(token) })
    // 400: never ours, and nothing the server could ever take.
    if (reply?.status === 200 || reply?.status === 400) storage.write(key, undefined)
  }

  // A held lock keeps a page out of the back/forward cache, so it is let go on hide.
  listen(window, 'pagehide', leave)
  listen(window, 'pageshow', () => tabs.isAllowed() && enter())
  on('consent:changed', () => tabs.isAllowed() || leave())
  onEnd(() => {
    pages.delete(window)
    leave()
  })
  return { enter, leave, join }
}

function locksOf(window: Window): LockManager | undefined {
  try {
    return window.navigator.locks
  } catch {
    return undefined
  }
}

/** Events another page stored; what is not ours or half written is left out. */
function itemsOf(stored: unknown): QueueItem[] {
  return Array.isArray(stored) ? stored.filter(isWhole) : []
}

function isWhole(given: unknown): given is QueueItem {
  if (typeof given !== 'object' || !given || !('json' in given) || !('who' in given)) return false
  try {
    const event: unknown = JSON.parse(String(given.json))
    return typeof event === 'object' && !!event && typeof given.who === 'object' && !!given.who
  } catch {
    return false
  }
}
