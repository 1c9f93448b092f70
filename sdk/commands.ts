import { CART_UPDATED, MAX_NAME_CHARS } from '#protocol/names.ts'
import type { Happening } from './events.ts'
import { asObject, asText, type PlainObject } from './json.ts'
import type { Log } from './log.ts'
import type { Outcome } from './types.ts'
import { readUserId } from './user-id.ts'

/** No names of commands: symbols, and what would have `gp` taken for a promise or something to be written as JSON. */
const NOT_OURS = /^(then|toJSON|)$/

/** What a command came to: undefined where it is done, false where it cannot use its arguments. */
export type Result = Outcome | Promise<Outcome> | false | undefined | void
export type Commands = Record<string, (...args: unknown[]) => Result>

/** `gp` as the page calls it. */
export interface Callable {
  (...call: unknown[]): Promise<Outcome>
  version: string
}

/** A call that waits: the command's name and its arguments, with who waits for the outcome. */
export type Call = unknown[] & { done?: unknown }

/** The commands that become events. */
export function createCommands(
  { complain }: Log,
  record: (happening: Happening) => Result,
): Commands {
  function checked(type: Happening['type'], given: PlainObject): Result {
    const { name, properties = {}, traits = {} } = given
    const length = name === undefined ? 1 : asText(name).length
    const isName = length && length <= MAX_NAME_CHARS
    const isUsable = isName && asObject(properties) && asObject(traits)
    return !!isUsable && record({ ...given, type })
  }

  /** `then` with the id, where it stands for somebody. */
  function withId(given: unknown, then: (id: string) => Result): Result {
    const id = readUserId(given)
    return id ? then(id) : complain('bad_user_id')
  }

  return {
    track: (name = '', properties = {}) => checked('track', { name, properties }),
    page: (name, properties) => checked('page', { name, properties }),
    identify: (given, traits, options) => {
      const signature = asObject(options)?.['signature']
      const known = (userId?: string) => checked('identify', { userId, traits, signature })
      return given === undefined || given === null ? known() : withId(given, known)
    },
    alias: (given) => withId(given, (userId) => checked('alias', { userId })),
    group: (given, traits) => withId(given, (groupId) => checked('group', { groupId, traits })),
    cart: (properties = 0) => checked('track', { name: CART_UPDATED, properties }),
  }
}

/**
 * `gp.track(…)` and `gp('track', …)` alike; each answers with a promise that resolves, whatever happens. `postpone`
 * takes calls that have to wait for the settings; `other`, those of names that are a widget's, or nobody's.
 */
export function createCallable(
  commands: Commands,
  { guard, complain }: Log,
  postpone: (call: Call) => unknown,
  other: (name: unknown, given: unknown[]) => Result,
): Callable {
  const known = new Map<unknown, Commands[string]>(Object.entries(commands))

  const gp = (...call: unknown[]): Promise<Outcome> =>
    new Promise((done) => {
      if (postpone(Object.assign(call, { done }))) return
      const [name, ...args] = call
      const command = known.get(name)
      const run = () => (command ? command(...args) : other(name, args)) ?? { ok: true as const }
      done(guard(run)() || complain('invalid', name as string))
    })

  // Any name is a method: that a command is a widget's, or none, the words know (lazy/words.ts). What has a `then` or
  // a `toJSON` would be taken for something else.
  return new Proxy(Object.assign(gp, { version: __GP_VERSION__ }), {
    get: (target: Callable & Record<string | symbol, unknown>, name) =>
      name in target || NOT_OURS.test(asText(name))
        ? target[name]
        : (target[name] = (...args: unknown[]) => gp(name, ...args)),
  })
}
