import { DOCS_PATH } from '#protocol/names.ts'
import type { LazyHost } from '../lazy.ts'
import type { Trouble } from '../trouble.ts'
import type { NotDone, NotDoneReason, Outcome } from '../types.ts'

/** Commands of widgets, which a shop has or has not. */
const WIDGET_COMMANDS = /^(get|open(Agenda|Live))$/
const CHAT_COMMANDS = /^((open|close|toggle)Chat|(show|hide)Launcher|sendMessage|chatState)$/
/** What was said once on a page is not said again. */
const said = new WeakMap<LazyHost, Set<string>>()

const WORDS: Partial<Record<Trouble, (about: string) => string>> = {
  unknown_command: (name) => `gp.${name}(): no such command.`,
  not_enabled: (name) => `This shop has not enabled ${name}().`,
  invalid: (name) =>
    name === 'init' ? 'data-shop or data-host is wrong.' : `gp.${name}(): wrong arguments.`,
  bad_user_id: () => 'This id stands for nobody.',
  not_allowed: () => 'The server refuses this key or origin.',
  part_failed: (error) => `A part failed: ${error}.`,
  part_missing: () => 'A part failed to load.',
  listener_failed: (name) => `A listener of ${name} failed.`,
  no_answer: () => 'The server did not answer in time.',
  not_active: (key) => `${key} is not for this visitor now, or is not active.`,
  frequency: (key) => `${key} has been shown as often as it may be.`,
  stopped: (key) => `${key} has been closed or answered before.`,
  too_soon: (key) => `${key} may not be shown so soon after another.`,
  place_taken: (key) => `Another experience stands where ${key} would.`,
  not_shown: (key) => `${key} is not on the page.`,
  wrong_setting: (name) => `data-${name} is wrong.`,
}

interface Launcher {
  readonly start: (host: LazyHost, name: string, given: readonly unknown[]) => Promise<Outcome>
}
interface Debug {
  readonly start: (host: LazyHost, isOn: unknown) => void
}

/** A command that the tag does not know: of a part, which is loaded now, or nobody's. */
export async function start(
  host: LazyHost,
  name: unknown,
  given: readonly unknown[],
): Promise<Outcome> {
  const command = typeof name === 'string' ? name : ''
  if (CHAT_COMMANDS.test(command)) {
    const launcher = (await host.chunk('launcher')) as Launcher
    const outcome = await launcher.start(host, command, given)
    if (outcome.ok) return outcome
    return warnOf(host, outcome.reason, command)
  }
  if (command === 'debug') {
    const debug = (await host.chunk('debug')) as Debug
    debug.start(host, given[0])
    return { ok: true }
  }
  return warnOf(host, 'unknown_command', command)
}

function warnOf(host: LazyHost, reason: NotDoneReason, command: string): Outcome {
  const outcome = explain(reason, command)
  const before = said.get(host) ?? new Set()
  if (!before.has(command)) host.window.console.warn(`Granplaza: ${outcome.message}`)
  said.set(host, before.add(command))
  return outcome
}

/** Loaded when there is something to say: a command's outcome, in words. */
export function explain(trouble: Trouble, about: string): NotDone {
  const isWidgets = trouble === 'unknown_command' && WIDGET_COMMANDS.test(about)
  const reason = isWidgets ? 'not_enabled' : trouble
  const words = WORDS[reason]?.(about) ?? reason
  return {
    ok: false,
    reason: reason as NotDoneReason,
    message: `${words} See ${DOCS_PATH}tag on your server.`,
  }
}
