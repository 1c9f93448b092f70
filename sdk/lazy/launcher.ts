import { drawLauncher } from '../chat/launcher.ts'
import { RECORD, type Attend, type PageChat, type Run } from '../chat/page-chat.ts'
import type { LazyHost } from '../lazy.ts'
import type { Outcome } from '../types.ts'

interface Chat {
  readonly host: LazyHost
  readonly answered: () => Promise<void>
  readonly run: Run
}

let known: Chat | undefined

/** The chat's button, and what else on a page opens it; whoever acts gets the rest. */
export function start(
  host: LazyHost,
  command?: string,
  given?: readonly unknown[],
): Promise<Outcome> | undefined {
  // A page may end the tag and begin anew.
  if (known?.host !== host) known = createChat(host)
  if (command) return known.run(command, given ?? [])
  void known.answered()
  return undefined
}

function createChat(host: LazyHost): Chat {
  const { window } = host
  const { document } = window
  const CHANNEL = 'data-chat-channel'

  const chat: PageChat = {
    host,
    channelId: document.querySelector(`[${CHANNEL}]`)?.getAttribute(CHANNEL) || undefined,
    draw: () =>
      (chat.launcher ??= drawLauncher(host, chat.channelId, act)
        .catch(() => undefined)
        .then((made) => {
          // Asked again, the server may answer.
          if (!made) chat.launcher = undefined
          return made
        })),
  }

  /** Fetched again where it could not be: the network comes back. */
  const attend = async () => {
    const { attend: begin } = (await host.chunk('conversation')) as { attend: Attend }
    return (chat.run ??= begin(chat))
  }

  async function run(command: string, given: readonly unknown[]): Promise<Outcome> {
    // Before the first answer of the server may show it.
    if (command.endsWith('Launcher')) chat.isWanted = command[0] === 's'
    return (await attend())(command, given)
  }

  /** By a visitor, whom nothing is told but what they see; without a command they are about to. */
  const act = (command?: string) => (command ? run(command, []) : attend()).catch(() => {})

  async function answered(): Promise<void> {
    const isMeant = !!(chat.channelId || host.answer?.decisions.launcher?.isShown)
    const { isWanted = isMeant } = chat
    // Those who are in a conversation keep it on every page.
    if (host.tabs.storage.read(RECORD, /"conversationId"/)) void act('resume')
    if (isMeant || isWanted || chat.launcher) (await chat.draw())?.show(isWanted)
  }

  const look = () => {
    if (window.location.hash === '#gp-chat') void act('openChat')
  }
  host.listen(document, 'click', (event) => {
    const [target] = event.composedPath() as Element[]
    if (!target?.closest?.('[data-gp-open-chat],a[href="#gp-chat"]')) return
    event.preventDefault()
    void act('openChat')
  })
  host.listen(window, 'hashchange', look)
  host.listen(window, 'storage', ({ key }) => {
    // Begun in another tab.
    if (key === `gp:${RECORD}`) void answered()
  })
  look()

  return { host, answered, run }
}
