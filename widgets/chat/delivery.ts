import type { Begun, Posted } from '#protocol/chat-answers.ts'
import type { LogAnswer, Message, VisitorConversation, VisitorDraft } from '#protocol/chat.ts'
import { CHAT_CONVERSATIONS_PATH, CHAT_LOG_PATH, CHAT_MESSAGES_PATH } from '#protocol/names.ts'
import type { ChatHost, ChatLink, ChatRefusal, Holding } from '../kit/chat-host.ts'
import { createConversationLog, type ConversationLog } from '../kit/conversation-log.ts'

/** `closed`: nothing runs. `lost`: it did, and will again. */
export type LinkState = 'none' | 'opening' | 'open' | 'lost'

/** A conversation's way to the server and back, from its first message on. */
export interface Delivery {
  readonly log: () => ConversationLog<Message, VisitorDraft>
  readonly conversation: () => VisitorConversation | undefined
  readonly holding: () => Holding | undefined
  readonly link: () => LinkState
  /** Takes up what this browser remembers; false where that is nothing, or what is here already. */
  readonly takeUp: () => boolean
  /** Of a request of another kind: the conversation as it then is. */
  readonly take: (conversation: VisitorConversation) => void
  readonly hold: (conversation: VisitorConversation, token: string) => void
  readonly tell: (name: string, told: object) => void
  /** The next message begins another conversation. */
  readonly startAnew: () => void
  readonly end: () => void
}

interface DeliveryDeps {
  readonly host: Pick<
    ChatHost,
    'after' | 'claimToken' | 'connect' | 'newId' | 'post' | 'record' | 'remember'
  >
  /** Goes with the first message: channel, languages, what the form before the chat asked for. */
  readonly beginning: () => object
  readonly changed: () => void
  readonly typing: (told: { readonly isTyping: boolean; readonly name: string }) => void
  readonly refused: (code: string) => void
}

/** Without a socket, as behind some companies' proxies, it is asked again this often. */
const POLL_MS = 4_000
/** So many attempts to connect, and it is asked by requests meanwhile. */
const PATIENT_ATTEMPTS = 2

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { host, changed } = deps
  let conversation: VisitorConversation | undefined
  let holding: Holding | undefined
  let socket: ChatLink | undefined
  let link: LinkState = 'none'
  let failures = 0
  /** Of a conversation that was left: what it still says counts for nothing. */
  let epoch = 0
  let stopPolling = (): void => undefined
  let log = newLog()

  function newLog(): ConversationLog<Message, VisitorDraft> {
    const made = createConversationLog<Message, VisitorDraft>({
      send,
      resume,
      after: host.after,
      changed,
    })
    // Until there is a conversation, nothing is missing.
    made.connected()
    return made
  }

  async function ask(path: string, name: string, told: object): Promise<unknown> {
    if (socket && link === 'open') return socket.ask(name, told)
    return host.post(path, { ...holding, ...told })
  }

  async function send(message: VisitorDraft): Promise<Posted | ChatRefusal> {
    if (!holding) return begin(message)
    return (await ask(CHAT_MESSAGES_PATH, 'chat:send', { message })) as Posted | ChatRefusal
  }

  async function resume(after: number): Promise<LogAnswer | ChatRefusal | NothingYet> {
    if (!holding) return { messages: [], hasMore: false }
    const answer = (await ask(CHAT_LOG_PATH, 'chat:resume', { after })) as LogAnswer | ChatRefusal
    if ('refusal' in answer) {
      if (answer.refusal.code === 'not_found') forget()
    } else take(answer.conversation)
    return answer
  }

  async function begin(message: VisitorDraft): Promise<Posted | ChatRefusal> {
    const during = epoch
    const token = await host.claimToken()
    const given = { token, message, ...deps.beginning() }
    const answer = (await host.post(CHAT_CONVERSATIONS_PATH, given)) as Begun | ChatRefusal
    if ('refusal' in answer) return answer
    if (during === epoch && !holding) hold(answer.conversation, token)
    return { message: answer.message }
  }

  function hold(begun: VisitorConversation, token: string): void {
    holding = { token, conversationId: begun.id }
    host.remember(holding)
    take(begun)
    connect(holding)
  }

  function take(told: VisitorConversation): void {
    if (told.id !== holding?.conversationId) return
    // The place in the queue, and whether anybody is there, move without a new revision.
    if (conversation && told.revision < conversation.revision) return
    conversation = told
    changed()
  }

  function connect(mine: Holding): void {
    const during = epoch
    const isOld = () => during !== epoch
    link = 'opening'
    changed()
    host
      .connect(mine, {
        opened: () => !isOld() && opened(),
        lost: () => !isOld() && lost(),
        failed: (code) => !isOld() && failed(code),
        heard: (name, told) => !isOld() && heard(name, told),
      })
      .then(
        (made) => {
          if (isOld()) made.close()
          else socket = made
        },
        // The chunk did not come: requests do.
        () => !isOld() && poll(),
      )
  }

  function opened(): void {
    stopPolling()
    failures = 0
    link = 'open'
    log.connected()
    changed()
  }

  function lost(): void {
    link = 'lost'
    log.disconnected()
    changed()
  }

  function failed(code: string | undefined): void {
    if (code === 'not_found') return forget()
    if (code !== undefined) deps.refused(code)
    link = 'lost'
    failures += 1
    if (failures === PATIENT_ATTEMPTS) poll()
    changed()
  }

  function poll(): void {
    stopPolling()
    if (link === 'open') return
    log.connected()
    stopPolling = host.after(POLL_MS, poll)
  }

  function heard(name: string, told: unknown): void {
    if (name === 'chat:messages') log.receive((told as { messages: Message[] }).messages)
    if (name === 'chat:conversation') {
      take((told as { conversation: VisitorConversation }).conversation)
    }
    if (name === 'chat:typing') deps.typing(told as { isTyping: boolean; name: string })
  }

  /** The server knows nothing of it: it was erased, or its token withdrawn. */
  function forget(): void {
    startAnew()
    host.remember({ conversationId: undefined })
  }

  function leave(): void {
    epoch += 1
    stopPolling()
    log.close()
    socket?.close()
    socket = holding = conversation = undefined
    failures = 0
    link = 'none'
  }

  function startAnew(): void {
    const waiting = log.unsent()
    leave()
    log = newLog()
    for (const { draft } of waiting) log.send(draft)
    changed()
  }

  return {
    log: () => log,
    conversation: () => conversation,
    holding: () => holding,
    link: () => link,
    takeUp() {
      const { token = '', conversationId } = host.record() ?? {}
      if (!conversationId || conversationId === holding?.conversationId) return false
      startAnew()
      holding = { token, conversationId }
      // Nothing is missing of none; of this one all is.
      log.disconnected()
      connect(holding)
      return true
    },
    take,
    hold,
    tell: (name, told) => socket?.tell(name, told),
    startAnew,
    end: leave,
  }
}

interface NothingYet {
  readonly messages: readonly []
  readonly hasMore: false
}
