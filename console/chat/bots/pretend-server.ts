import { askOf, markedName, welcomeId } from '#protocol/bot-opening.ts'
import { hear, placeAfter, saidIn, turnFrom, type BotAnswers } from '#protocol/bot-script.ts'
import { botWords } from '#protocol/bot-words.ts'
import type { Message, VisitorConversation, VisitorDraft } from '#protocol/chat.ts'
import type { ChatbotStep } from '#protocol/chatbots.ts'
import {
  CHAT_CONVERSATIONS_PATH,
  CHAT_ENDINGS_PATH,
  CHAT_LOG_PATH,
  CHAT_MESSAGES_PATH,
} from '#protocol/names.ts'
import type { ChatHost, LinkEars } from '#widgets/kit/chat-host.ts'

interface Pretended {
  readonly name: string
  readonly steps: readonly ChatbotStep[]
  /** BCP 47, best first. */
  readonly languages: readonly string[]
  readonly isAnyoneThere: boolean
}

/** What a window asks of the server, answered by the script alone; nothing is kept. */
export function createPretendServer(pretended: Pretended): Pick<ChatHost, 'post' | 'connect'> {
  const { name, steps, languages, isAnyoneThere } = pretended
  const messages: Message[] = []
  let state: VisitorConversation['state'] = 'bot'
  let revision = 1
  let answers: BotAnswers = {}
  let stepId: string | undefined
  let ears: LinkEars | undefined

  function add(message: Pick<Message, 'author' | 'text'> & Partial<Message>): Message {
    const number = messages.length + 1
    const made: Message = {
      id: crypto.randomUUID(),
      kind: 'text',
      at: Date.now(),
      ...message,
      number,
    }
    messages.push(made)
    revision += 1
    return made
  }

  function say(text: string, asking?: ChatbotStep, id: string = crypto.randomUUID()): void {
    const ask = asking && askOf(asking, languages)
    add({ id, author: { kind: 'bot', name: markedName(name) }, text, ...(ask && { ask }) })
  }

  function goOn(from: number): void {
    const turn = turnFrom(steps, answers, from, isAnyoneThere ? 'taken' : 'nobody')
    for (const step of turn.said) say(saidIn(step.text, languages), step)
    stepId = turn.ends === 'asks' ? turn.step?.id : undefined
    if (turn.ends === 'handover') state = 'queued'
  }

  function welcome(): void {
    const turn = turnFrom(steps, {}, 0, 'later')
    for (const [at, step] of turn.said.entries()) {
      say(saidIn(step.text, languages), step, welcomeId(at))
    }
    stepId = turn.step?.id
  }

  function hears(draft: VisitorDraft): Message {
    // A window that has just connected sends again what it has no answer to yet.
    const known = messages.find(({ id }) => id === draft.id)
    if (known !== undefined) return known
    const text = draft.kind === 'text' ? draft.text : ''
    const said = add({ id: draft.id, author: { kind: 'visitor' }, text })
    if (state === 'bot' && draft.kind === 'text') answer(draft)
    const news = messages.slice(said.number - 1)
    queueMicrotask(() => {
      ears?.heard('chat:messages', { messages: news })
      ears?.heard('chat:conversation', { conversation: conversation() })
    })
    return said
  }

  function answer({ text, chosen, restarts }: Extract<VisitorDraft, { kind: 'text' }>): void {
    if (restarts === true) {
      answers = {}
      return goOn(0)
    }
    const step = steps.find(({ id }) => id === stepId)
    if (step === undefined || (chosen !== undefined && chosen.step !== step.id)) return
    if (step.kind === 'handover') return goOn(placeAfter(steps, step.id) - 1)
    const heard = hear(step, text, chosen?.answer)
    if (!heard.isGood) return say(botWords(languages)[heard.problem], step)
    answers = { ...answers, [step.id]: heard.value }
    goOn(placeAfter(steps, step.id))
  }

  function conversation(): VisitorConversation {
    return {
      id: 'preview',
      channelId: 'preview',
      revision,
      state,
      queuePosition: state === 'queued' ? 1 : null,
      isAnyoneThere,
      operators: [],
      lastNumber: messages.length,
      readByTeam: 0,
      readByVisitor: messages.length,
      unread: 0,
      rating: null,
      hasEmail: false,
      beganAt: messages[0]?.at ?? 0,
    }
  }

  function log(after: number) {
    return { messages: messages.slice(after), hasMore: false, conversation: conversation() }
  }

  async function ask(path: string, given: object): Promise<unknown> {
    const { message, after = 0 } = given as { message?: VisitorDraft; after?: number }
    if (path === CHAT_CONVERSATIONS_PATH && message) {
      if (messages.length === 0) welcome()
      const said = hears(message)
      return { conversation: conversation(), message: said }
    }
    if (path === CHAT_MESSAGES_PATH && message) return { message: hears(message) }
    if (path === CHAT_LOG_PATH) return log(after)
    if (path === CHAT_ENDINGS_PATH) {
      state = 'closed'
      revision += 1
      return conversation()
    }
    return {}
  }

  const PATHS: Readonly<Record<string, string>> = {
    'chat:send': CHAT_MESSAGES_PATH,
    'chat:resume': CHAT_LOG_PATH,
  }

  return {
    post: ask,
    connect(_holding, listening) {
      ears = listening
      queueMicrotask(() => listening.opened())
      return Promise.resolve({
        ask: (told, given) => ask(PATHS[told] ?? '', given),
        tell: () => undefined,
        close: () => {
          ears = undefined
        },
      })
    },
  }
}
