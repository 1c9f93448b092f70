import { markedName } from '#protocol/bot-opening.ts'
import { hear, saidIn, type Heard } from '#protocol/bot-script.ts'
import type { ChatbotStep } from '#protocol/chatbots.ts'
import type { Shop } from '../core/guards.ts'
import { beginningOf } from '../core/well-formed.ts'
import { findTalk, updateTalk, type Talk } from './bot-store.ts'
import {
  findConversationRow,
  updateConversation,
  type ConversationRow,
  type ConversationSet,
} from './conversation-store.ts'
import type { Handle, MessageRow } from './log-store.ts'
import { noticeOf, type Doing } from './say.ts'

/**
 * Tells of a visitor what they said of themselves, in the transaction of `handle`; null takes it back. It proves nothing:
 * it is kept as what pages say unsigned.
 */
export type KeepAttributes = (
  handle: Handle,
  of: {
    readonly shopId: number
    readonly visitorId: number
    readonly attributes: Readonly<Record<string, string | null>>
    readonly at: number
  },
) => Promise<void>

interface Answered {
  readonly shop: Pick<Shop, 'languages'>
  readonly row: ConversationRow
  readonly talk: Talk
  readonly step: ChatbotStep
  readonly heard: Extract<Heard, { isGood: true }>
}

const MAX_FIELD_CHARS = 1_000
const MAX_FIELDS = 20
const MAX_NAME_CHARS = 100

/** Keeps an answer beside the conversation, and as the visitor's attribute. Returns all attributes of the talk. */
export async function keepAnswer(
  doing: Doing,
  keepAttributes: KeepAttributes,
  answered: Answered,
): Promise<Readonly<Record<string, string>>> {
  const { row, talk, step } = answered
  const { shopId, at } = doing
  const attribute = attributeOf(step)
  const value = beginningOf(valueOf(answered), MAX_FIELD_CHARS)
  const set = setOf({ step, attribute, value }, row)
  if (set !== undefined) await updateConversation(doing, shopId, row.id, set)
  if (attribute === undefined || step.kind === 'phone') return talk.attributes
  if (row.visitorId !== null) {
    const { visitorId } = row
    await keepAttributes(doing, { shopId, visitorId, attributes: { [attribute]: value }, at })
  }
  return { ...talk.attributes, [attribute]: value }
}

/** A button means the same whatever language it was read in. */
function valueOf({ heard, shop }: Answered): string {
  return heard.chosen === undefined ? heard.value : saidIn(heard.chosen.text, shop.languages)
}

function setOf(
  { step, attribute, value }: { step: ChatbotStep; attribute: string | undefined; value: string },
  row: Pick<ConversationRow, 'id' | 'fields'>,
): ConversationSet | undefined {
  // By itself it shows nothing to anybody, as one that was typed before the chat.
  if (step.kind === 'email') return { email: value }
  if (attribute === undefined) return undefined
  const { fields } = row
  const hasRoom = Object.keys(fields).length < MAX_FIELDS || Object.hasOwn(fields, attribute)
  return {
    ...(hasRoom && { fields: { ...fields, [attribute]: value } }),
    ...(attribute === 'name' && { name: nameOf(value) }),
  }
}

/** Under which name the answer to a step is kept. */
function attributeOf(step: ChatbotStep): string | undefined {
  if (step.kind === 'phone') return 'phone'
  return 'attribute' in step ? (step.attribute ?? undefined) : undefined
}

/** What steps that were said, or an answer that was chosen, say of how promising somebody is: the last counts. */
export async function keepQualification(
  doing: Doing,
  { conversationId, name }: Pick<Talk, 'conversationId' | 'name'>,
  said: readonly Pick<ChatbotStep, 'leadState' | 'potential'>[],
): Promise<void> {
  const leadState = said.findLast((one) => one.leadState !== null)?.leadState ?? undefined
  const potential = said.findLast((one) => one.potential !== null)?.potential ?? undefined
  if (leadState === undefined && potential === undefined) return
  const { shopId } = doing
  const row = await findConversationRow(doing, shopId, conversationId)
  if (row === undefined) return
  const set = { leadState: leadState ?? row.leadState, potential: potential ?? row.potential }
  if (set.leadState === row.leadState && set.potential === row.potential) return
  await updateConversation(doing, shopId, conversationId, set)
  const detail = { ...set, name: markedName(name) }
  await doing.say(conversationId, noticeOf('qualified', { isShown: false, detail }))
}

/** A message is taken back: so is what it answered a bot, wherever it was typed into, as long as nothing else was answered since. */
export async function forgetAnswer(
  doing: Doing,
  keepAttributes: KeepAttributes,
  { row, message }: { readonly row: ConversationRow; readonly message: MessageRow },
): Promise<void> {
  const { shopId, at } = doing
  const answered = message.body?.answers
  const talk = answered === undefined ? undefined : await findTalk(doing, shopId, row.id)
  const step = talk?.steps.find(({ id }) => id === answered)
  // A button holds nothing of the visitor's own, and the script goes on by it.
  if (talk === undefined || step === undefined || step.kind === 'question') return
  const heard = hear(step, message.text ?? '')
  if (!heard.isGood) return
  const attribute = attributeOf(step)
  const kept = beginningOf(heard.value, MAX_FIELD_CHARS)
  const isTold = attribute !== undefined && talk.attributes[attribute] === kept
  await updateTalk(doing, talk, {
    answers: without(talk.answers, step.id, heard.value),
    ...(attribute !== undefined && { attributes: without(talk.attributes, attribute, kept) }),
    updatedAt: at,
  })
  await updateConversation(doing, shopId, row.id, {
    ...(step.kind === 'email' && row.email === kept && { email: null }),
    ...(attribute !== undefined && { fields: without(row.fields, attribute, kept) }),
    ...(attribute === 'name' && row.name === nameOf(kept) && { name: null }),
  })
  if (!isTold || row.visitorId === null || step.kind === 'phone') return
  const { visitorId } = row
  await keepAttributes(doing, { shopId, visitorId, attributes: { [attribute]: null }, at })
}

/** An entry that says something else by now stays. */
function without<Value>(
  all: Readonly<Record<string, Value>>,
  name: string,
  value: string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter((it) => it[0] !== name || it[1] !== value))
}

function nameOf(value: string): string {
  return beginningOf(value, MAX_NAME_CHARS)
}
