import type { Log } from './log.ts'

export interface Bus<Facts extends object> {
  /** Tells all listeners at once. Nothing that they do, throw or reject reaches the publisher. */
  readonly publish: <Name extends keyof Facts & string>(fact: Name, payload: Facts[Name]) => void
  /** Returns `stop`. A listener that has much to do should collect, and do it later. */
  readonly on: <Name extends keyof Facts & string>(
    fact: Name,
    listener: Listener<Facts[Name]>,
  ) => () => void
}

type Listener<Payload> = (payload: Payload) => void | Promise<void>

interface BusDeps {
  readonly log: Pick<Log, 'error'>
}

/** Facts that happened, inside this process. Each slice lists its own in an interface `<Slice>Facts`. */
export function createBus<Facts extends object>({ log }: BusDeps): Bus<Facts> {
  const listeners = new Map<string, Set<Listener<never>>>()
  const report = (fact: string) => (error: unknown) => {
    log.error({ err: error, fact }, 'A listener failed')
  }

  return {
    publish(fact, payload) {
      for (const listener of listeners.get(fact) ?? []) {
        try {
          // Sound: `on` files listeners under the fact whose payload they take.
          const pending = (listener as Listener<typeof payload>)(payload)
          pending?.catch(report(fact))
        } catch (error) {
          report(fact)(error)
        }
      }
    },
    on(fact, listener) {
      const known = listeners.get(fact) ?? new Set()
      listeners.set(fact, known.add(listener))
      return () => known.delete(listener)
    },
  }
}
