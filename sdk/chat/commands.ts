import type { ChatState } from '#widgets/kit/chat-host.ts'
import { asObject, asText } from '../json.ts'
import { notDone } from '../outcome.ts'
import type { Outcome } from '../types.ts'
import { OF_LAUNCHER, type PageChat, type Run } from './page-chat.ts'
import { begin, type Talk } from './talk.ts'

interface Rules {
  readonly renew: (chat: PageChat) => Promise<void>
}

/** The page's commands of the chat; pressing the button is one of them. */
export function createCommands(chat: PageChat): Run {
  const { host } = chat
  let talk: Promise<Talk | undefined> | undefined
  let talking: Talk | undefined

  const getTalk = () =>
    (talk ??= beginTalk().catch(() => {
      talk = undefined
      return undefined
    }))

  async function beginTalk(): Promise<Talk | undefined> {
    // Both at once: whoever acts waits.
    host.chunk('chat').catch(() => {})
    const made = await chat.draw()
    if (!made) throw new Error('not_enabled')
    talking = await begin(host, made, chat.channelId)
    return talking
  }

  async function showing(isShown: boolean): Promise<Outcome> {
    const made = isShown || chat.launcher ? await chat.draw() : undefined
    made?.show(isShown)
    return isShown && !made ? notDone('not_enabled') : { ok: true }
  }

  return async (command: string, [first] = []) => {
    if (OF_LAUNCHER.test(command)) return showing(command[0] === 's')
    if (command === 'chatState') return stateOutcome(talking?.state())
    if (command === 'closeChat') {
      talking?.close()
      return { ok: true }
    }
    const given = asObject(first) ?? {}
    // Another channel only where nothing has been drawn of the first.
    if (!chat.launcher) chat.channelId = asText(given['channel']) || chat.channelId
    const text = asText(first)
    if (command === 'sendMessage' && !text.trim()) return notDone('invalid')
    const isOpen = talking?.state().isOpen
    const drawn = (await chat.launcher)?.look
    const said = host.answer?.decisions.launcher
    if (!isOpen && drawn && (!said || said.chatbotId !== drawn.chatbotId)) {
      const renewing = host.chunk('chat-rules').then((it) => (it as Rules).renew(chat))
      // Where that cannot be had, people still talk to each other.
      await renewing.catch(() => {})
    }
    const made = await getTalk()
    if (!made) return notDone('not_enabled')
    if (command === 'resume') return { ok: true }
    if (command === 'sendMessage') made.say(text)
    else if (command === 'toggleChat' && isOpen) made.close()
    else made.open({ message: asText(given['message']), send: given['send'] === true })
    return { ok: true }
  }
}

/** As the page is told; its type is that of the command. */
function stateOutcome(state: ChatState | undefined): Outcome {
  return { ok: true, state } as Outcome
}
