import type { BrowserContext } from 'playwright-core'

/** Every use of a storage API on any page of the context, such as `localStorage.getItem gp:consent`. */
export async function spyOnStorage(context: BrowserContext): Promise<readonly string[]> {
  const touched: string[] = []
  await context.exposeBinding('__touched', (_, what: string) => void touched.push(what))
  await context.addInitScript(installSpies)
  return touched
}

/** Runs on the page before anything else; must not refer to anything outside of itself. */
function installSpies(): void {
  const report: unknown = Reflect.get(window, '__touched')
  const tell = (what: string): void => void (typeof report === 'function' && report(what))

  spyOnStorages()
  spyOnMethods('indexedDB', 'IDBFactory')
  spyOnMethods('caches', 'CacheStorage')
  spyOnMethods('navigator.storage', 'StorageManager')
  spyOnMethods('cookieStore', 'CookieStore')
  spyOnMethods('serviceWorker', 'ServiceWorkerContainer')
  spyOnProperty(Document.prototype, 'cookie', 'document.cookie')
  spyOnProperty(window, 'name', 'window.name')

  /** Methods, and properties as in `localStorage.theme = 'dark'`, by a stand-in for the whole object. */
  function spyOnStorages(): void {
    for (const name of ['localStorage', 'sessionStorage'] as const) {
      let real: Storage
      try {
        real = window[name]
      } catch {
        // Denied here, in a sandboxed frame: then nothing can be stored either.
        continue
      }
      const spied = new Proxy(real, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key)
          if (typeof value !== 'function') {
            tell(`${name}.${String(key)}`)
            return value
          }
          return (...given: unknown[]) => {
            tell([`${name}.${String(key)}`, ...given.slice(0, 1)].join(' '))
            return Reflect.apply(value, target, given)
          }
        },
        set(target, key, value) {
          tell(`${name}.${String(key)} =`)
          return Reflect.set(target, key, value)
        },
        ownKeys(target) {
          tell(`${name} keys`)
          return Reflect.ownKeys(target)
        },
      })
      Object.defineProperty(window, name, { get: () => spied, configurable: true })
    }
  }

  function spyOnMethods(name: string, type: string): void {
    const constructor: unknown = Reflect.get(window, type)
    if (typeof constructor !== 'function') return
    const prototype: unknown = constructor.prototype
    if (typeof prototype !== 'object' || prototype === null) return
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value !== 'function' || key === 'constructor') continue
      Reflect.set(prototype, key, function spied(this: unknown, ...given: unknown[]) {
        tell(`${name}.${key}`)
        return Reflect.apply(value, this, given)
      })
    }
  }

  function spyOnProperty(owner: object, key: string, name: string): void {
    const real = Object.getOwnPropertyDescriptor(owner, key)
    if (real?.get === undefined) return
    Object.defineProperty(owner, key, {
      configurable: true,
      get(this: unknown) {
        tell(name)
        return real.get?.call(this)
      },
      set(this: unknown, value) {
        tell(`${name} =`)
        real.set?.call(this, value)
      },
    })
  }
}
