import { drawLauncher } from '../chat/launcher.ts'
import { OF_LAUNCHER, RECORD, type Attend, type PageChat, type Run } from '../chat/page-chat.ts'
import type { LazyHost } from '../lazy.ts'
import type { Outcome } from '../types.ts'

interface Rules {
  readonly follow: (chat: PageChat, act: (command: string) => Promise<unknown>) => void
}

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
  if (command) return known.run(command, given)
  void known.answered()
  return undefined
}

function createChat(host: LazyHost): Chat {
  const { window } = host
  const { document } = window

  const chat: PageChat = {
    host,
    channelId:
      document.querySelector<HTMLElement>('[data-chat-channel]')?.dataset['chatChannel'] ||
      undefined,
    draw: () =>
      (chat.launcher ??= drawLauncher(host, chat.channelId, act)
        .catch(() => undefined)
        // Asked again, the server may answer.
        .then((made) => made ?? (chat.launcher = undefined))),
  }

  /** Fetched again where it could not be: the network comes back. */
  const attend = async () => {
    const { attend: begin } = (await host.chunk('conversation')) as { attend: Attend }
    return (chat.run ??= begin(chat))
  }

  async function run(command: string, given?: readonly unknown[]): Promise<Outcome> {
    // Before the first answer of the server may show it: showLauncher, hideLauncher.
    if (OF_LAUNCHER.test(command)) chat.isWanted = command[0] === 's'
    return (await attend())(command, given)
  }

  /** By a visitor, whom nothing is told but what they see; without a command they are about to. */
  const act = (command?: string) => (command ? run(command) : attend()).catch(() => {})

  async function answered(): Promise<void> {
    const { channelId } = chat
    const said = host.answer?.decisions.launcher
    // Those who are in a conversation keep it on every page.
    if (host.tabs.storage.read(RECORD, /"conversationId"/)) void act('resume')
    if (channelId || said?.isShown || chat.launcher) {
      const made = await chat.draw()
      made?.show(chat.isWanted ?? (channelId ? made.look : said)?.isShown)
    }
    if (channelId || said?.rule) {
      ;((await host.chunk('chat-rules')) as Rules).follow(chat, act)
    }
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
