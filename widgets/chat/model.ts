import type { VisitorConversation } from '#protocol/chat.ts'
import { CHAT_ENDINGS_PATH, MAX_MESSAGE_CHARS } from '#protocol/names.ts'
import type { ChatHost, ChatRefusal } from '../kit/chat-host.ts'
import type { Alerts } from './alerts.ts'
import type { ChatModel, ChatView, Fields, FormState, Mistakes, Sheet, ToBot } from './chat-view.ts'
import { createDelivery } from './delivery.ts'
import type { Files, FilesPart } from './files.ts'
import { createNews, NOTHING_YET } from './news.ts'
import { lastNumber, redacted, unreadIn } from './reading.ts'
import { createTyping } from './typing.ts'

/** What a visitor does in a chat, and how it then stands. Knows no DOM; `changed` is called after each change. */
export function createChatModel(
  host: ChatHost,
  alerts: Pick<Alerts, 'alert' | 'calm'>,
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
  let isBlocked = false
  let files: Files | undefined
  let ownRead = 0
  let isMuted = host.record()?.isMuted ?? false

  const typing = createTyping({
    host,
    tell: (isTyping) => delivery.tell('chat:typing', { isTyping }),
    changed: update,
  })
  const news = createNews({
    host,
    said({ author }) {
      typing.said()
      alerts.alert(author.name ?? look.shopName, isMuted)
    },
  })
  const delivery = createDelivery({
    host,
    beginning: () => beginning(fields ?? {}),
    changed: update,
    typing: typing.heard,
    refused(code) {
      if (code === 'forbidden') isBlocked = true
      host.tell('error', { reason: code })
      update()
    },
  })
  async function attach(file: Parameters<Files['attach']>[0]): Promise<void> {
    const { createFiles, sendFile } = (await host.part('chat-cards')) as FilesPart
    files ??= createFiles({
      host,
      sendFile,
      holding: delivery.holding,
      arrived: (id, fileKey) => delivery.log().send({ kind: 'attachment', id, fileKey }),
      changed: update,
    })
    files.attach(file)
  }

  function beginning(given: Fields): object {
    return {
      channelId: host.channelId,
      languages: host.languages,
      fields: given,
      bot: look.bot?.script,
      ...host.where(),
    }
  }

  function stage(): ChatView['stage'] {
    const conversation = delivery.conversation()
    if (conversation?.state === 'closed') return 'ended'
    const hasBegun = delivery.link() !== 'none' || delivery.log().unsent().length > 0
    if (hasBegun) return 'talk'
    if (!look.isAnyoneThere && look.whenNobody === 'form' && !look.bot) return 'offline'
    return isToAsk() ? 'preChat' : 'talk'
  }

  const isToAsk = () => look.preChat.isOn && !fields

  const readUpTo = () => Math.max(ownRead, delivery.conversation()?.readByVisitor ?? 0)
  function unread(): number {
    const { readByVisitor = 0, unread: told = 0 } = delivery.conversation() ?? {}
    const here = unreadIn(delivery.log().messages(), readUpTo())
    // A long log is here in part; and what was read just now, the server has yet to hear of.
    return ownRead > readByVisitor ? here : Math.max(here, told)
  }
  const isWhole = () => delivery.link() === 'none' || delivery.log().isWhole()

  function view(): ChatView {
    const log = delivery.log()
    return {
      isOpen,
      look,
      conversation: delivery.conversation(),
      messages: redacted(log.messages()),
      unsent: log.unsent(),
      files: files?.onTheirWay() ?? [],
      link: delivery.link(),
      typist: typing.typist(),
      unread: unread(),
      draft,
      sheet,
      form,
      mistakes,
      attempts,
      isMuted,
      stage: stage(),
      isBlocked,
      isWhole: isWhole(),
      hasEarlier: log.hasEarlier(),
      isReadingEarlier: log.isReadingEarlier(),
    }
  }

  function update(): void {
    if (isOver || !isMade) return
    const count = unread()
    news.tell({
      messages: delivery.log().messages(),
      isWhole: isWhole(),
      unread: count,
      conversation: delivery.conversation(),
    })
    host.stands(isOpen, count, count > 0 ? unreadWords(count) : undefined)
    if (count === 0) alerts.calm()
    changed()
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

  function say(text: string, toBot?: ToBot): void {
    const trimmed = text.trim()
    if (!trimmed || isBlocked) return
    if (delivery.conversation()?.state === 'closed') startAnew()
    // By the page's command: it waits for what the server wants to know first.
    if (isToAsk() && stage() !== 'talk') {
      draft = trimmed
      return open()
    }
    typing.write(false)
    for (let at = 0; at < trimmed.length; at += MAX_MESSAGE_CHARS) {
      const part = trimmed.slice(at, at + MAX_MESSAGE_CHARS)
      delivery.log().send({ kind: 'text', id: host.newId(), text: part, ...toBot })
    }
  }

  async function submit(path: string, given: object): Promise<unknown> {
    if (form === 'sending') return undefined
    form = 'sending'
    update()
    const answer = await host
      .post(path, given)
      .catch((): ChatRefusal => ({ refusal: { code: 'no_answer' } }))
    const isRefused = 'refusal' in Object(answer)
    form = isRefused ? 'failed' : 'sent'
    if (isRefused) host.tell('error', { reason: (answer as ChatRefusal).refusal.code })
    update()
    return isRefused ? undefined : answer
  }

  function startAnew(): void {
    delivery.startAnew()
    files?.forget()
    startOver(0)
  }

  function takeUp(): void {
    if (delivery.takeUp()) startOver(NOTHING_YET)
  }

  function startOver(toldUpTo: number): void {
    form = 'open'
    ownRead = 0
    news.startOver(toldUpTo)
    update()
  }

  const holding = () => ({ ...delivery.holding() })

  takeUp()
  isMade = true
  host.tell('ready', {})

  return {
    view,
    open,
    close,
    write(text) {
      draft = text
      typing.write(text.trim() !== '')
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
    discard(id) {
      files?.discard(id)
      delivery.log().discard(id)
      update()
    },
    attach(file) {
      attach(file).catch(() => host.tell('error', { reason: 'no_answer' }))
    },
    retryFile: (id) => files?.again(id),
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
    beginning,
    holding,
    submit,
    goOn(conversation, token) {
      news.startOver(0)
      delivery.hold(conversation, token)
    },
    take: delivery.take,
    async finish() {
      sheet = undefined
      const answer = await submit(CHAT_ENDINGS_PATH, holding())
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
      const last = lastNumber(delivery.log().messages())
      if (!isOpen || last <= readUpTo() || delivery.link() !== 'open') return
      ownRead = last
      delivery.tell('chat:read', { number: last })
      update()
    },
    readEarlier: () => void delivery.log().readEarlier(),
    recordChanged: takeUp,
    end() {
      isOver = true
      typing.end()
      delivery.end()
    },
  }
}
