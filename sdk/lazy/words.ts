import { DOCS_PATH } from '#protocol/names.ts'
import type { NotDoneReason } from '../types.ts'

/** What can be wrong on a page: why a command did nothing, or what the shop's developer should know besides. */
export type Trouble =
  | NotDoneReason
  | 'part_failed'
  | 'part_missing'
  | 'listener_failed'
  | 'wrong_setting'

/** Commands of widgets, which a shop has or has not. */
const WIDGET_COMMANDS =
  /^(get|(open|close|toggle)Chat|(show|hide)Launcher|sendMessage|chatState|open(Agenda|Live))$/

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

/** Loaded when there is something to say: a command's outcome, in words. */
export function explain(trouble: Trouble, about: string) {
  const isWidgets = trouble === 'unknown_command' && WIDGET_COMMANDS.test(about)
  const reason = isWidgets ? 'not_enabled' : trouble
  const words = WORDS[reason]?.(about) ?? reason
  return { ok: false, reason, message: `${words} See ${DOCS_PATH}tag on your server.` }
}
