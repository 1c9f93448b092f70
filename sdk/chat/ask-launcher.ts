import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import { CHAT_LAUNCHER_PATH } from '#protocol/names.ts'
import type { LazyHost } from '../lazy.ts'

/** Best first. */
export function languagesOf({ document, navigator }: LazyHost['window']): readonly string[] {
  return [document.documentElement.lang, ...navigator.languages]
}

/** What the channel does on this page; without a channel where the shop has no chat, or nobody answers. Stores nothing. */
export async function askLauncher(
  { window, tabs, ask }: LazyHost,
  channelId: string | undefined,
): Promise<Partial<LauncherAnswer> | undefined> {
  const url = window.location[tabs.isAllowed() ? 'href' : 'pathname']
  const languages = languagesOf(window)
  return (await ask(CHAT_LAUNCHER_PATH, { channelId, languages, url }))?.answer
}
