import type { ChatState } from '#widgets/kit/chat-host.ts'
import { createLauncher, type Launcher } from '../chat/launcher.ts'
import { asObject, asText } from '../json.ts'
import type { LazyHost } from '../lazy.ts'
import { notDone } from '../outcome.ts'
import type { Outcome } from '../types.ts'

/** What the chunk `conversation` gives: the window, and all that it says and hears. */
export interface Talk {
  readonly open: (given: { message?: string; send?: boolean }) => void
  readonly close: () => void
  readonly say: (text: string) => void
  readonly state: () => ChatState
}
type Begin = (host: LazyHost, launcher: Launcher, channelId?: string) => Promise<Talk>

interface Chat {
  readonly answered: () => void
  readonly run: (command: string, given: readonly unknown[]) => Promise<Outcome>
}

const RECORD = 'chat'
const chats = new WeakMap<LazyHost, Chat>()

/** The chat's button, its commands, and what else on a page opens it; all that a visitor who writes needs comes later. */
export function start(
  host: LazyHost,
  command?: string,
  given?: readonly unknown[],
): Promise<Outcome> | undefined {
  const chat = chats.get(host) ?? createChat(host)
  chats.set(host, chat)
  if (command) return chat.run(command, given ?? [])
  chat.answered()
  return undefined
}

function createChat(host: LazyHost): Chat {
  const { window, guarded } = host
  const { document } = window
  const declared = document.querySelector<HTMLElement>('script[data-chat-channel]')
  let channelId = declared?.dataset['chatChannel']
  let launcher: Promise<Launcher | undefined> | undefined
  let talk: Promise<Talk | undefined> | undefined
  let talking: Talk | undefined
  /** As the page wants it, whatever the server says. */
  let isWanted: boolean | undefined

  const getLauncher = () =>
    (launcher ??= createLauncher(host, channelId, toggle, warmUp).then((made) => {
      // Asked again, the server may answer.
      if (!made) launcher = undefined
      return made
    }))

  const toggle = () => void run('toggleChat', [])
  /** Whoever points at the button is about to press it. */
  const warmUp = () => {
    for (const name of ['conversation', 'chat'] as const) host.chunk(name).catch(() => {})
  }

  const getTalk = () =>
    (talk ??= begin().catch(() => {
      talk = undefined
      return undefined
    }))

  async function begin(): Promise<Talk | undefined> {
    // Both at once: whoever clicks waits.
    const [made, loaded] = await Promise.all([getLauncher(), host.chunk('conversation')])
    if (!made) throw new Error('not_enabled')
    talking = await (loaded as { begin: Begin }).begin(host, made, channelId)
    return talking
  }

  async function answered(): Promise<void> {
    const { isShown } = host.answer?.decisions.launcher ?? {}
    // Those who are in a conversation keep it on every page.
    if (host.tabs.storage.read(RECORD, /"conversationId"/)) void getTalk()
    if (channelId !== undefined || isShown || isWanted)
      (await getLauncher())?.show(isWanted ?? true)
    else if (launcher) (await launcher)?.show(isWanted ?? false)
  }

  async function showing(isShown: boolean): Promise<Outcome> {
    isWanted = isShown
    const made = isShown || launcher ? await getLauncher() : undefined
    made?.show(isShown)
    return isShown && !made ? notDone('not_enabled') : { ok: true }
  }

  async function run(command: string, [first]: readonly unknown[]): Promise<Outcome> {
    if (command === 'showLauncher' || command === 'hideLauncher') return showing(command[0] === 's')
    if (command === 'chatState') return { ok: true, state: talking?.state() } as Outcome
    if (command === 'closeChat') {
      talking?.close()
      return { ok: true }
    }
    const given = asObject(first) ?? {}
    // Another channel only where nothing has been drawn of the first.
    if (!launcher) channelId = asText(given['channel']) || channelId
    const text = asText(first)
    if (command === 'sendMessage' && !text.trim()) return notDone('invalid')
    const isOpen = talking?.state().isOpen
    const made = await getTalk()
    if (!made) return notDone('not_enabled')
    if (command === 'sendMessage') made.say(text)
    else if (command === 'toggleChat' && isOpen) made.close()
    else made.open({ message: asText(given['message']), send: given['send'] === true })
    return { ok: true }
  }

  const open = guarded(() => void run('openChat', []))
  const look = () => {
    if (window.location.hash === '#gp-chat') open()
  }
  host.listen(document, 'click', (event) => {
    const [target] = event.composedPath() as Element[]
    if (!target?.closest?.('[data-gp-open-chat],a[href="#gp-chat"]')) return
    event.preventDefault()
    open()
  })
  host.listen(window, 'hashchange', look)
  host.listen(window, 'storage', ({ key }) => {
    // Begun in another tab.
    if (key === `gp:${RECORD}` && !talk) void answered()
  })
  look()

  return { answered: guarded(() => void answered()), run }
}
