import { CART_UPDATED, MAX_NAME_CHARS } from '#protocol/names.ts'
import type { Happening } from './events.ts'
import { asObject, asText } from './json.ts'
import type { Log } from './log.ts'
import type { NotDoneReason, Outcome } from './types.ts'
import { readUserId } from './user-id.ts'

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

const DONE: Outcome = { ok: true }
const WIDGET_COMMANDS =
  'show dismiss get openChat closeChat toggleChat showLauncher hideLauncher sendMessage chatState openAgenda openLive'

export function notDone(reason: NotDoneReason, message: string = reason): Outcome {
  return { ok: false, reason, message }
}

/** Widgets come with the features that the shop enables; until then their commands say so. */
export function widgetCommands(log: Log): Commands {
  const commands: Commands = {}
  for (const name of WIDGET_COMMANDS.split(' ')) {
    const [, opened] = /^open(.*)/.exec(name) ?? []
    const feature = opened ?? (/^(show|dismiss|get)$/.test(name) ? 'Experiences' : 'Chat')
    const message = `This shop has not enabled ${feature.toLowerCase()}.`
    commands[name] = () => {
      log.warn(name, message)
      return notDone('not_enabled', message)
    }
  }
  return commands
}

/** The commands that become events. */
export function eventCommands(log: Log, record: (happening: Happening) => Result): Commands {
  function checked(type: Happening['type'], given: Record<string, unknown>): Result {
    const { name, properties, traits } = given
    const isName = typeof name === 'string' && name && name.length <= MAX_NAME_CHARS
    const isUsable = [properties, traits].every((one) => asObject(one ?? {}))
    return isUsable && (isName || name === undefined) && record({ ...given, type })
  }

  /** `then` with the id, where it stands for somebody. */
  function withId(given: unknown, then: (id: string) => Result): Result {
    const id = readUserId(given)
    if (id) return then(id)
    log.warn('user-id', 'This id stands for nobody.')
    return notDone('bad_user_id')
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
    cart: (properties) => checked('track', { name: CART_UPDATED, properties: properties ?? 0 }),
  }
}

/**
 * `gp.track(…)` and `gp('track', …)` alike; each answers with a promise that resolves, whatever happens. `postpone`
 * takes calls that have to wait for the settings.
 */
export function createCallable(
  commands: Commands,
  log: Log,
  postpone: (call: Call) => boolean,
): Callable {
  const known = new Map<unknown, Commands[string]>(Object.entries(commands))

  const gp = (...call: unknown[]): Promise<Outcome> =>
    new Promise((done) => {
      const [name, ...args] = call
      const command = known.get(name)
      if (command && postpone(Object.assign(call, { done }))) return
      const result = command && log.guard(() => command(...args) ?? DONE)()
      if (result) return done(result)
      const said = typeof name === 'string' ? name : ''
      const wrong = command ? 'wrong arguments' : 'no such command'
      log.warn(said, `gp.${said}(): ${wrong}.`)
      done(notDone(command ? 'invalid' : 'unknown_command', wrong))
    })

  const method = (name: unknown) => [name, (...args: unknown[]) => gp(name, ...args)]
  const methods: object = Object.fromEntries([...known.keys()].map(method))
  return Object.assign(gp, methods, { version: __GP_VERSION__ })
}

/** Makes calls that have waited, those of `names` alone or all others. */
export function replay(gp: Callable, calls: readonly Call[], names: RegExp, isOthers: boolean) {
  for (const call of calls) {
    if (names.test(asText(call[0])) === isOthers) continue
    const { done: tell } = call
    void gp(...Array.from(call)).then((outcome) => typeof tell === 'function' && tell(outcome))
  }
}
