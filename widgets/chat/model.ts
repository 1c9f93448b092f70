import type { Begun, LauncherAnswer } from '#protocol/chat-answers.ts'
import type { Message, VisitorConversation, VisitorDraft } from '#protocol/chat.ts'
import {
  ATTACHMENT_TYPES,
  CHAT_ENDINGS_PATH,
  CHAT_OFFLINE_FORMS_PATH,
  CHAT_RATINGS_PATH,
  CHAT_TRANSCRIPTS_PATH,
  MAX_ATTACHMENT_BYTES,
  MAX_MESSAGE_CHARS,
  TYPING_MS,
} from '#protocol/names.ts'
import type { ChatHost, ChatRefusal } from '../kit/chat-host.ts'
import type { Unsent } from '../kit/conversation-log.ts'
import { createDelivery, type LinkState } from './delivery.ts'
import { isSaidToVisitor, redacted, unreadIn } from './reading.ts'
import type { SendFile } from './send-file.ts'

export type Fields = Readonly<Record<string, string | boolean>>
/** What is unfolded over the conversation. */
export type Sheet = 'menu' | 'emoji' | 'transcript' | 'history'
export type Mistake = 'required' | 'badEmail'
export type Mistakes = Readonly<Record<string, Mistake>>
/** What has become of a form. */
export type FormState = 'open' | 'sending' | 'failed' | 'sent'

export interface FileOnItsWay {
  readonly id: string
  readonly name: string
  readonly state: 'sending' | 'failed' | 'refused'
  /** Of it that has arrived, 0 to 1. */
  readonly share: number
}

interface OwnFile extends FileOnItsWay {
  readonly file: Blob & { readonly name: string }
  readonly stopping?: AbortController
}

export interface ChatView {
  readonly isOpen: boolean
  readonly look: LauncherAnswer
  readonly conversation: VisitorConversation | undefined
  readonly messages: readonly Message[]
  readonly unsent: readonly Unsent<VisitorDraft>[]
  readonly files: readonly FileOnItsWay[]
  readonly link: LinkState
  /** Who is typing. */
  readonly typist: string | undefined
  readonly unread: number
  readonly draft: string
  readonly sheet: Sheet | undefined
  readonly form: FormState
  /** What is wrong in the form that was sent last, by the fields' names. */
  readonly mistakes: Mistakes
  /** How often it was tried to send one. */
  readonly attempts: number
  readonly isMuted: boolean
  /** What is shown of the form before the chat, of the offline form, of the composer. */
  readonly stage: 'preChat' | 'offline' | 'talk' | 'ended'
  readonly isBlocked: boolean
  /** All of what was said before is here. */
  readonly isWhole: boolean
}

export interface ChatModel {
  readonly view: () => ChatView
  readonly open: () => void
  readonly close: () => void
  readonly write: (text: string) => void
  readonly send: () => void
  readonly say: (text: string) => void
  readonly retry: (id: string) => void
  readonly discard: (id: string) => void
  readonly attach: (file: Blob & { readonly name: string }) => void
  readonly retryFile: (id: string) => void
  readonly unfold: (sheet: Sheet | undefined) => void
  /** Tells what is wrong in a form; with nothing wrong it may be sent. */
  readonly check: (mistakes: Mistakes) => boolean
  readonly answerPreChat: (fields: Fields) => void
  readonly leaveNote: (fields: Fields) => Promise<void>
  readonly rate: (rating: number, comment: string) => Promise<void>
  readonly mailTranscript: (email: string) => Promise<void>
  readonly finish: () => Promise<void>
  readonly startAnew: () => void
  readonly mute: (isMuted: boolean) => void
  /** The visitor sees what is there. */
  readonly seen: () => void
  readonly recordChanged: () => void
  readonly end: () => void
}

/** Visible for somewhat longer than it is repeated. */
const TYPIST_MS = TYPING_MS * 2

/** What a visitor does in a chat, and how it then stands. Knows no DOM; `changed` is called after each change. */
export function createChatModel(
  host: ChatHost,
  changed: () => void,
  unreadWords: (count: number) => string,
): ChatModel {
  const { look } = host
  /** Nobody can look at it before it is made. */
  let isMade = false
  let isOver = false
  let isOpen = false
  let draft = ''
  let sheet: Sheet | undefined
  let form: FormState = 'open'
  let fields: Fields | undefined
  let mistakes: Mistakes = {}
  let attempts = 0
  let files: readonly OwnFile[] = []
  let typist: string | undefined
  let isBlocked = false
  let ownRead = 0
  /** Up to here the page has been told; before the log was whole once, nothing is news. */
  let toldUpTo = -1
  let told: Partial<VisitorConversation> & { unread?: number } = {}
  let toldOf: VisitorConversation | undefined
  let typedAt = -Infinity
  let stopTypist = (): void => undefined
  let isMuted = host.record()?.isMuted ?? false

  const delivery = createDelivery({
    host,
    beginning: () => ({
      ...(host.channelId === undefined ? {} : { channelId: host.channelId }),
      languages: host.languages.slice(0, 10),
      fields: fields ?? {},
      ...host.where(),
    }),
    changed: update,
    typing({ isTyping, name }) {
      stopTypist()
      typist = isTyping ? name : undefined
      stopTypist = host.after(TYPIST_MS, () => {
        typist = undefined
        update()
      })
      update()
    },
    refused(code) {
      if (code === 'forbidden') isBlocked = true
      host.tell('error', { reason: code })
      update()
    },
  })

  function stage(): ChatView['stage'] {
    const conversation = delivery.conversation()
    if (conversation?.state === 'closed') return 'ended'
    const hasBegun = delivery.link() !== 'none' || delivery.log().unsent().length > 0
    if (hasBegun) return 'talk'
    if (!look.isAnyoneThere && look.whenNobody === 'form') return 'offline'
    return look.preChat.isOn && !fields ? 'preChat' : 'talk'
  }

  const readUpTo = () => Math.max(ownRead, delivery.conversation()?.readByVisitor ?? 0)

  function view(): ChatView {
    const log = delivery.log()
    return {
      isOpen,
      look,
      conversation: delivery.conversation(),
      messages: redacted(log.messages()),
      unsent: log.unsent(),
      files,
      link: delivery.link(),
      typist,
      unread: unreadIn(log.messages(), readUpTo()),
      draft,
      sheet,
      form,
      mistakes,
      attempts,
      isMuted,
      stage: stage(),
      isBlocked,
      isWhole: delivery.link() === 'none' || log.isWhole(),
    }
  }

  function update(): void {
    if (isOver || !isMade) return
    tellNews()
    changed()
  }

  /** What is new since the page was told last. */
  function tellNews(): void {
    const log = delivery.log()
    const messages = log.messages()
    const conversation = delivery.conversation()
    const last = messages[messages.length - 1]?.number ?? 0
    if (toldUpTo < 0) {
      if (delivery.link() === 'none' || log.isWhole()) toldUpTo = last
    } else {
      for (const message of messages) if (message.number > toldUpTo) tellMessage(message)
      toldUpTo = Math.max(toldUpTo, last)
    }
    const unread = unreadIn(messages, readUpTo())
    if (unread !== (told.unread ?? 0)) host.tell('unread', { count: unread })
    told = { ...told, unread }
    host.stands(isOpen, unread, unread > 0 ? unreadWords(unread) : undefined)
    if (conversation && conversation !== toldOf) tellConversation(conversation)
  }

  function tellMessage(message: Message): void {
    const { number, author, text, kind } = message
    if (kind === 'notice' || kind === 'redaction') return
    host.tell('message', { number, author: author.kind, kind, text })
    if (!isSaidToVisitor(message)) return
    typist = undefined
    host.alert(author.name ?? look.shopName, isMuted)
  }

  function tellConversation(conversation: VisitorConversation): void {
    const { id, operators, queuePosition, isAnyoneThere, state } = conversation
    const before = told
    toldOf = conversation
    told = { ...told, ...conversation }
    if (before.id !== id && state !== 'closed') host.tell('start', { conversationId: id })
    const names = operators.map(({ name }) => name)
    if (String(before.operators?.map(({ name }) => name) ?? '') !== String(names)) {
      host.tell('assigned', { operators: names })
    }
    if ((before.queuePosition ?? null) !== queuePosition) {
      host.tell('queue', { position: queuePosition })
    }
    if ((before.isAnyoneThere ?? look.isAnyoneThere) !== isAnyoneThere) {
      host.tell('availability', { isAnyoneThere })
    }
    if (before.state !== 'closed' && state === 'closed') host.tell('end', { conversationId: id })
  }

  function open(): void {
    if (isOpen) return
    isOpen = true
    host.tell('open', {})
    update()
  }

  function close(): void {
    if (!isOpen || host.isPage) return
    isOpen = false
    sheet = undefined
    host.tell('close', {})
    update()
  }

  function typing(isTyping: boolean): void {
    const now = host.now()
    if (isTyping && now - typedAt < TYPING_MS) return
    if (!isTyping && typedAt === -Infinity) return
    typedAt = isTyping ? now : -Infinity
    delivery.tell('chat:typing', { isTyping })
  }

  function say(text: string): void {
    const trimmed = text.trim()
    if (!trimmed || isBlocked) return
    if (delivery.conversation()?.state === 'closed') startAnew()
    typing(false)
    for (let at = 0; at < trimmed.length; at += MAX_MESSAGE_CHARS) {
      const part = trimmed.slice(at, at + MAX_MESSAGE_CHARS)
      delivery.log().send({ kind: 'text', id: host.newId(), text: part })
    }
  }

  async function upload(id: string): Promise<void> {
    const holding = delivery.holding()
    const one = files.find((file) => file.id === id)
    if (!one || !holding) return
    const stopping = new AbortController()
    setFile(id, { state: 'sending', share: 0, stopping })
    try {
      const { sendFile } = (await host.part('chat-cards')) as { sendFile: SendFile }
      const progressed = (share: number) => setFile(id, { share })
      const sent = await sendFile(host, holding, one.file, progressed, stopping.signal)
      if ('fileKey' in sent) {
        files = files.filter((file) => file.id !== id)
        delivery.log().send({ kind: 'attachment', id, fileKey: sent.fileKey })
      } else setFile(id, { state: sent.isRefused ? 'refused' : 'failed' })
    } catch {
      // Nobody knows whether it came: sent again it is another file, and this one is never shown.
      setFile(id, { state: 'failed' })
    }
  }

  function setFile(id: string, change: Partial<OwnFile>): void {
    files = files.map((file) => (file.id === id ? { ...file, ...change } : file))
    update()
  }

  /** Sends what a form holds; one at a time. */
  async function submit(send: () => Promise<unknown>): Promise<unknown> {
    if (form === 'sending') return undefined
    form = 'sending'
    update()
    const answer = await send().catch((): ChatRefusal => ({ refusal: { code: 'no_answer' } }))
    const isRefused = 'refusal' in Object(answer)
    form = isRefused ? 'failed' : 'sent'
    if (isRefused) host.tell('error', { reason: (answer as ChatRefusal).refusal.code })
    update()
    return isRefused ? undefined : answer
  }

  function startAnew(): void {
    delivery.startAnew()
    form = 'open'
    files = []
    ownRead = 0
    toldUpTo = 0
    told = {}
    update()
  }

  function takeUp(): void {
    if (!delivery.takeUp()) return
    toldUpTo = -1
    told = {}
    ownRead = 0
    form = 'open'
    update()
  }

  const holding = () => ({ ...delivery.holding() })

  /** A note's id stays, so that sent again it is the same. */
  let noteId = host.newId()

  takeUp()
  isMade = true
  host.tell('ready', {})

  return {
    view,
    open,
    close,
    write(text) {
      draft = text
      typing(text.trim() !== '')
      // Drawn already by whoever typed it; the button follows.
      update()
    },
    send() {
      const text = draft
      draft = ''
      say(text)
      update()
    },
    say,
    retry: (id) => delivery.log().retry(id),
    discard: (id) => {
      files.find((file) => file.id === id)?.stopping?.abort()
      files = files.filter((file) => file.id !== id)
      delivery.log().discard(id)
      update()
    },
    attach(file) {
      const id = host.newId()
      const isTaken =
        file.size <= MAX_ATTACHMENT_BYTES && ATTACHMENT_TYPES.some((type) => type === file.type)
      const state = isTaken ? 'sending' : 'refused'
      files = [...files, { id, file, name: file.name, state, share: 0 }]
      update()
      if (isTaken) void upload(id)
    },
    retryFile: (id) => void upload(id),
    unfold(next) {
      sheet = next
      form = 'open'
      mistakes = {}
      update()
    },
    check(found) {
      mistakes = found
      attempts += 1
      form = 'open'
      update()
      return Object.keys(found).length === 0
    },
    answerPreChat(given) {
      fields = given
      update()
    },
    async leaveNote({ email = '', name = '', text = '', ...rest }) {
      const token = await host.claimToken()
      const answer = await submit(() =>
        host.post(CHAT_OFFLINE_FORMS_PATH, {
          token,
          id: noteId,
          email,
          name,
          text,
          languages: host.languages.slice(0, 10),
          fields: rest,
          ...(host.channelId === undefined ? {} : { channelId: host.channelId }),
          ...host.where(),
        }),
      )
      if (answer === undefined) return
      noteId = host.newId()
      toldUpTo = 0
      delivery.hold((answer as Begun).conversation, token)
    },
    async rate(rating, comment) {
      const answer = await submit(() =>
        host.post(CHAT_RATINGS_PATH, { ...holding(), rating, comment }),
      )
      if (answer === undefined) return
      host.tell('rating', { rating, comment })
      delivery.take(answer as VisitorConversation)
    },
    async mailTranscript(email) {
      await submit(() => host.post(CHAT_TRANSCRIPTS_PATH, { ...holding(), email }))
    },
    async finish() {
      sheet = undefined
      const answer = await submit(() => host.post(CHAT_ENDINGS_PATH, holding()))
      form = 'open'
      if (answer !== undefined) delivery.take(answer as VisitorConversation)
      update()
    },
    startAnew,
    mute(next) {
      isMuted = next
      // Whoever has written nothing has nothing stored.
      if (host.record()) host.remember({ isMuted })
      update()
    },
    seen() {
      const messages = delivery.log().messages()
      const last = messages[messages.length - 1]?.number ?? 0
      if (!isOpen || last <= readUpTo() || delivery.link() !== 'open') return
      ownRead = last
      delivery.tell('chat:read', { number: last })
      update()
    },
    recordChanged: takeUp,
    end() {
      isOver = true
      stopTypist()
      delivery.end()
    },
  }
}
