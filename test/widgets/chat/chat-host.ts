import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { Message, VisitorConversation } from '#protocol/chat.ts'
import {
  CHAT_CONVERSATIONS_PATH,
  CHAT_LOG_PATH,
  CHAT_MESSAGES_PATH,
  LOG_PAGE,
} from '#protocol/names.ts'
import { createFiles } from '#widgets/chat/files.ts'
import type { SendFile } from '#widgets/chat/send-file.ts'
import type { ChatHost, ChatRecord, LinkEars } from '#widgets/kit/chat-host.ts'

const LOOK: LauncherAnswer = {
  channelId: 'channel',
  isShown: true,
  isAnyoneThere: true,
  texts: {},
  language: null,
  accent: null,
  headerColour: null,
  position: 'end',
  offset: { inline: 20, block: 20 },
  zIndex: 1,
  hasAvatar: false,
  whenNobody: 'form',
  preChat: { isOn: false, asksConsent: false, fields: [] },
  opensAt: null,
  asksRating: true,
  takesFiles: true,
  shopName: 'Lamps',
  operators: [],
}

export interface LittleServer {
  /** What its visitor sent, without holes. */
  readonly log: Message[]
  readonly posted: { path: string; given: Record<string, unknown> }[]
  readonly told: [name: string, told: unknown][]
  readonly remembered: () => ChatRecord | undefined
  readonly ears: () => LinkEars | undefined
  readonly host: ChatHost
  /** An operator writes; `isPushed`: the socket brings it. */
  readonly answer: (text: string, isPushed?: boolean) => Message
  readonly runTimers: () => void
  /** Files on their way, which stay so where they are held. */
  readonly uploads: { progressed: (share: number) => void; signal: AbortSignal }[]
  holdsUploads: boolean
  isDown: boolean
  conversation: VisitorConversation
}

/** A server in a few lines, as the chat's window sees one: it stores once, numbers, and answers what is missing. */
export function createLittleServer(
  given: { look?: Partial<LauncherAnswer>; record?: ChatRecord } = {},
): LittleServer {
  let record = given.record
  let ears: LinkEars | undefined
  let made = 0
  let timers: (() => void)[] = []
  const log: Message[] = []
  const posted: LittleServer['posted'] = []
  const told: [string, unknown][] = []

  function store(id: string, author: Message['author'], text: string): Message {
    const before = log.find((message) => message.id === id)
    if (before) return before
    const message: Message = { number: log.length + 1, id, author, at: 1_000, kind: 'text', text }
    log.push(message)
    server.conversation = {
      ...server.conversation,
      revision: server.conversation.revision + 1,
      lastNumber: message.number,
    }
    return message
  }

  function reply(path: string, body: Record<string, unknown>): unknown {
    if (server.isDown) throw new Error('offline')
    const { conversation } = server
    if (path === CHAT_LOG_PATH || path === 'chat:resume') {
      const asked = Number(body['after'])
      const from = asked < 0 ? Math.max(0, log.length + asked) : asked
      const messages = log.slice(from, from + LOG_PAGE)
      return { messages, hasMore: messages.length === LOG_PAGE, conversation }
    }
    const draft = body['message'] as { id: string; text: string } | undefined
    if (!draft) return { conversation }
    const message = store(draft.id, { kind: 'visitor' }, draft.text)
    if (path === CHAT_CONVERSATIONS_PATH) return { conversation: server.conversation, message }
    if (path === CHAT_MESSAGES_PATH || path === 'chat:send') return { message }
    throw new Error(`Not here: ${path}`)
  }

  const host = {
    root: undefined as unknown as ShadowRoot,
    place: undefined as unknown as HTMLElement,
    look: { ...LOOK, ...given.look },
    channelId: undefined,
    words: {},
    language: 'en',
    languages: ['en'],
    isPage: false,
    now: () => 1_000,
    newId: () => `id-of-a-message-${++made}`,
    after: (_: number, run: () => void) => {
      timers.push(run)
      return () => {
        timers = timers.filter((one) => one !== run)
      }
    },
    post: async (path: string, body: object) => {
      posted.push({ path, given: { ...body } })
      return reply(path, { ...body })
    },
    bodyOf: JSON.stringify,
    address: (path: string) => path,
    connect: async (_: unknown, heard: LinkEars) => {
      ears = heard
      return {
        ask: async (name: string, body: object) => reply(name, { ...body }),
        tell: (name: string, body: object) => void told.push([name, body]),
        close: () => undefined,
      }
    },
    claimToken: async () => {
      record = { token: 'token-of-this-browser', ...record }
      return record.token
    },
    record: () => record,
    remember: (change: Partial<ChatRecord>) => {
      record = { token: '', ...record, ...change }
    },
    isSignedIn: () => false,
    where: () => ({}),
    part: async () => ({
      createFiles,
      async sendFile(...[, , , progressed, signal]: Parameters<SendFile>) {
        server.uploads.push({ progressed, signal })
        if (!server.holdsUploads) return { fileKey: 'key-of-a-file' }
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('stopped')))
        })
      },
    }),
    tell: (news: string, body: object) => void told.push([news, body]),
    stands: () => undefined,
  } satisfies ChatHost

  const server: LittleServer = {
    log,
    posted,
    told,
    remembered: () => record,
    ears: () => ears,
    host,
    answer(text, isPushed = true) {
      const message = store(
        `by-an-operator-${log.length}`,
        { kind: 'operator', id: 'ana', name: 'Ana' },
        text,
      )
      if (isPushed) ears?.heard('chat:messages', { messages: [message] })
      return message
    },
    runTimers() {
      const due = timers
      timers = []
      for (const run of due) run()
    },
    uploads: [],
    holdsUploads: false,
    isDown: false,
    conversation: {
      id: 'conversation',
      channelId: 'channel',
      revision: 1,
      state: 'queued',
      queuePosition: 1,
      isAnyoneThere: true,
      operators: [],
      lastNumber: 0,
      readByTeam: 0,
      readByVisitor: 0,
      unread: 0,
      rating: null,
      hasEmail: false,
      beganAt: 1_000,
    },
  }
  return server
}
