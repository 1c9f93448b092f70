import { createCommands } from '../chat/commands.ts'
import { makeWay } from '../chat/make-way.ts'
import type { PageChat, Run } from '../chat/page-chat.ts'

/** What the launcher cannot do by itself; it asks for this as soon as somebody is about to act. */
export function attend(chat: PageChat): Run {
  const { host } = chat
  void chat.launcher?.then(
    host.guarded((launcher) => {
      if (!launcher) return
      makeWay(host, launcher)
      const warmUp = () => void host.chunk('chat').catch(() => {})
      for (const sign of ['pointermove', 'focus']) {
        launcher.button.addEventListener(sign, warmUp, { once: true })
      }
    }),
  )
  return createCommands(chat)
}
