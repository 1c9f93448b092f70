import { askOf, markedName, welcomeId } from '#protocol/bot-opening.ts'
import { hear, placeAfter, saidIn, turnFrom, type Turn } from '#protocol/bot-script.ts'
import { botWords } from '#protocol/bot-words.ts'
import type { VisitorDraft } from '#protocol/chat.ts'
import type { ChatbotStep } from '#protocol/chatbots.ts'
import type { Shop } from '../core/guards.ts'
import { randomToken } from '../core/tokens.ts'
import { beginningOf } from '../core/well-formed.ts'
import { keepAnswer, keepQualification, type KeepAttributes } from './bot-answers.ts'
import { findTalk, insertTalk, updateTalk, type Talk } from './bot-store.ts'
import type { VersionRow } from './chatbot-store.ts'
import { updateConversation, type ConversationRow } from './conversation-store.ts'
import type { MessageRow, NewMessage } from './log-store.ts'
import type { Routing } from './routing.ts'
import type { Doing } from './say.ts'
import { isSomebodyThere } from './shown.ts'

/** A script that talks with a visitor, until an operator does. */
export interface Bot {
  /** Its welcome, in front of what the visitor says first. */
  readonly welcome: (
    doing: Doing,
    conversation: ConversationRow,
    of: { readonly version: VersionRow; readonly languages: readonly string[] },
  ) => Promise<void>
  /** Stores what the visitor says, and goes on with the script, if it is still the bot who talks. */
  readonly hears: (doing: Doing, conversation: ConversationRow, said: Said) => Promise<MessageRow>
}

interface Said {
  readonly shop: Shop
  readonly draft: VisitorDraft
  readonly message: NewMessage
}

interface BotDeps {
  readonly routing: Routing
  readonly keepAttributes: KeepAttributes
  /** Nobody of the team is there, and it is answered by mail: the channel's own address hears of it. */
  readonly tellTeam: (
    doing: Doing,
    of: { readonly shop: Shop; readonly conversation: ConversationRow },
  ) => Promise<void>
}

interface Speaking {
  readonly doing: Doing
  readonly shop: Shop
  readonly row: ConversationRow
  readonly talk: Talk
}

const PREVIEW_CHARS = 200

export function createBot({ routing, keepAttributes, tellTeam }: BotDeps): Bot {
  /** From there to where somebody has to do something; `answered` is what is known by then. */
  async function goOn(speaking: Speaking, from: number, answered: Talk): Promise<void> {
    const { doing, row, talk } = speaking
    const { shopId, at } = doing
    const isThere = await isSomebodyThere(doing, shopId, row.channelId, at)
    const { steps, answers } = answered
    const turn = turnFrom(steps, answers, from, isThere ? 'taken' : 'nobody')
    for (const step of turn.said) await sayStep(speaking, step)
    await keepQualification(doing, talk, turn.said)
    const missed = answered.missed || turn.missed
    const stepId = turn.ends === 'asks' ? (turn.step?.id ?? null) : null
    await updateTalk(doing, answered, {
      stepId,
      answers,
      attributes: answered.attributes,
      missed,
      updatedAt: at,
    })
    if (isTeams(turn, missed)) await handOver(speaking, isThere)
  }

  async function handOver({ doing, shop, row, talk }: Speaking, isThere: boolean): Promise<void> {
    const { shopId, at } = doing
    const set = { state: 'queued', queuedAt: at, isOffline: !isThere } as const
    const queued = await updateConversation(doing, shopId, row.id, set, { state: 'bot' })
    if (queued === undefined) return
    if (isThere) {
      if (!(await routing.route(doing, queued))) doing.queueMoved(queued.channelId)
      return
    }
    const words = botWords(talk.languages)
    await say(doing, talk, queued.email === null ? words.nobody : words.nobodyMail)
    if (queued.email !== null) await tellTeam(doing, { shop, conversation: queued })
    doing.queueMoved(queued.channelId)
  }

  /** Whoever writes when the script is over wants somebody. */
  async function toTeam(speaking: Speaking): Promise<void> {
    const { doing, row } = speaking
    await handOver(speaking, await isSomebodyThere(doing, doing.shopId, row.channelId, doing.at))
  }

  async function answer(speaking: Speaking, draft: VisitorDraft): Promise<void> {
    const { doing, shop, row, talk } = speaking
    const words = botWords(talk.languages)
    const step = talk.steps.find(({ id }) => id === talk.stepId)
    const isFile = draft.kind === 'attachment'
    if (!isFile && draft.restarts === true) {
      return goOn(speaking, 0, { ...talk, answers: {}, missed: false })
    }
    if (isStale(draft, talk)) return
    if (step === undefined) return toTeam(speaking)
    if (step.kind === 'handover') return goOn(speaking, placeAfter(talk.steps, step.id) - 1, talk)
    if (isFile) return say(doing, talk, words.file, step)
    const heard = hear(step, draft.text, draft.chosen?.answer)
    if (!heard.isGood) return say(doing, talk, words[heard.problem], step)
    const attributes = await keepAnswer(doing, keepAttributes, {
      shop,
      row,
      talk,
      step,
      heard,
    })
    const answers = { ...talk.answers, [step.id]: heard.value }
    if (heard.chosen !== undefined) await keepQualification(doing, talk, [heard.chosen])
    return goOn(speaking, placeAfter(talk.steps, step.id), { ...talk, answers, attributes })
  }

  return {
    async welcome(doing, { shopId, id }, { version, languages }) {
      const { chatbotId, steps, name } = version
      const { said, step } = turnFrom(steps, {}, 0, 'later')
      const talk = {
        shopId,
        conversationId: id,
        chatbotId,
        version: version.version,
        stepId: step?.id ?? null,
        languages,
        updatedAt: doing.at,
      }
      await insertTalk(doing, talk)
      const speaker = { conversationId: id, name, languages }
      for (const [at, one] of said.entries()) {
        const clientId = welcomeId(at)
        await say(doing, { ...speaker, clientId }, saidIn(one.text, languages), one)
      }
      await keepQualification(doing, speaker, said)
    },

    async hears(doing, { shopId, id }, { shop, draft, message }) {
      // Held from here on: whoever takes it over, and another tab, come before or after all of this.
      const row = await updateConversation(doing, shopId, id, {})
      const talk = row?.state === 'bot' ? await findTalk(doing, shopId, id) : undefined
      if (row === undefined || talk === undefined) return doing.say(id, message)
      const stored = await doing.say(id, asAnswer(message, draft, talk))
      await answer({ doing, shop, row, talk }, draft)
      // Nobody has to read what a bot answers.
      await updateConversation(doing, shopId, id, { unread: 0 }, { state: 'bot' })
      return stored
    },
  }

  function sayStep({ doing, talk }: Speaking, step: ChatbotStep): Promise<void> {
    return say(doing, talk, saidIn(step.text, talk.languages), step)
  }
}

/** The end of a script that wanted an operator is where one goes on, as soon as there is one. */
function isTeams({ ends }: Turn, missed: boolean): boolean {
  return ends === 'handover' || (ends === 'over' && missed)
}

/** A button of something that is asked no more. */
function isStale(draft: VisitorDraft, { stepId }: Talk): boolean {
  return draft.kind === 'text' && draft.chosen !== undefined && draft.chosen.step !== stepId
}

/** In the words of the button that was pressed; with the step that it answers, so that taking it back finds that. */
function asAnswer(message: NewMessage, draft: VisitorDraft, talk: Talk): NewMessage {
  const step = talk.steps.find(({ id }) => id === talk.stepId)
  if (draft.kind !== 'text' || draft.restarts === true || step === undefined) return message
  if (step.kind === 'handover' || isStale(draft, talk)) return message
  const heard = hear(step, draft.text, draft.chosen?.answer)
  if (!heard.isGood) return message
  const body = { answers: step.id }
  if (draft.chosen === undefined || heard.chosen === undefined) return { ...message, body }
  const text = saidIn(heard.chosen.text, talk.languages)
  return { ...message, body, text, preview: text }
}

interface Speaker {
  readonly conversationId: number
  readonly name: string
  readonly languages: readonly string[]
  readonly clientId?: string
}

/** With what `asking` asks for, if it does. */
async function say(
  doing: Doing,
  { conversationId, name, languages, clientId = randomToken(16) }: Speaker,
  text: string,
  asking?: ChatbotStep,
): Promise<void> {
  const ask = asking && askOf(asking, languages)
  await doing.say(conversationId, {
    clientId,
    author: 'bot',
    authorName: markedName(name),
    kind: 'text',
    text,
    ...(ask !== undefined && { body: { ask } }),
    isShown: true,
    preview: beginningOf(text, PREVIEW_CHARS),
  })
}
