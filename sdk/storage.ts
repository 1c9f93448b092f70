import { fromJson, toJson } from './json.ts'
import { attempt } from './log.ts'

/** Every key of ours begins with it. */
export const PREFIX = 'gp:'

/** localStorage that never throws. It is touched by calls only, so who may not store simply does not call. */
export interface Storage {
  /** What was written, where its text begins as ours does; `undefined` for all else. */
  read: (key: string, shape?: RegExp) => unknown
  /** `undefined` removes. Nothing is kept where storage is denied or full; what is in memory then has to do. */
  write: (key: string, value: unknown) => void
  /** All keys of ours. */
  keys: () => string[]
}

export function createStorage(window: Window): Storage {
  /** Asked for anew each time: the getter itself throws where storage is denied, and that can change. */
  const store = () => window.localStorage

  return {
    read: (key, shape = /^/) =>
      attempt(() => {
        const text = store().getItem(PREFIX + key) ?? ''
        return shape.test(text) ? fromJson(text) : undefined
      }),
    write: (key, value) =>
      attempt(() =>
        value === undefined
          ? store().removeItem(PREFIX + key)
          : store().setItem(PREFIX + key, toJson(value)),
      ),
    keys: () => {
      const all = attempt(() => Object.keys(store()), [])
      return all.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length))
    },
  }
}
