import { attempt, type Log } from './log.ts'

/** What the events that we hear say beside their type. */
export type AnyEvent = Event &
  Pick<PageTransitionEvent, 'persisted'> &
  Pick<StorageEvent, 'key'> & { readonly navigationType: string }
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

/** Collects what has to be undone when the tag leaves the page. */
export interface Lifecycle {
  listen: (target: EventTarget, names: string, hear: (event: AnyEvent) => unknown) => void
  /** Has `then` called after a function of the page's, with the arguments it was given, until the tag leaves. */
  patch: (owner: object, name: string, then: (...args: unknown[]) => void) => void
  onEnd: (undo: () => void) => void
  end: () => void
}

export function createLifecycle({ guard }: Log): Lifecycle {
  const undos: (() => void)[] = []

  return {
    listen: (target, names, hear) => {
      const heard = guard(hear) as (event: Event) => unknown
      for (const name of names.split(' ')) {
        attempt(() => target.addEventListener(name, heard, true))
        undos.push(() => target.removeEventListener(name, heard, true))
      }
    },
    patch: (owner, name, then) => {
      const own = owner as Record<string, unknown>
      const original = attempt(() => own[name])
      if (typeof original !== 'function') return
      let isLive = true
      const patched: AnyFunction = function (...args) {
        const result: unknown = Reflect.apply(original, this, args)
        if (isLive) guard(then)(...args)
        return result
      }
      // Refused on a frozen object: what happens there is then not seen, and nothing breaks.
      attempt(() => (own[name] = patched))
      undos.push(() => {
        isLive = false
        // Another script may have wrapped ours meanwhile; taking its wrapper away would break it.
        if (own[name] !== patched) return
        delete own[name]
        if (own[name] !== original) own[name] = original
      })
    },
    onEnd: (undo) => {
      undos.push(undo)
    },
    end: () => {
      for (const undo of undos.splice(0)) attempt(undo)
    },
  }
}
