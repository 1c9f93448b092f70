import type { ChannelRow } from './channel-store.ts'
import { findChatbot, type ChatbotRow } from './chatbot-store.ts'
import type { Handle } from './log-store.ts'
import type { RuleFacts } from './match-rules.ts'
import { pageState, pathOf, type PageState } from './page-state.ts'
import { readyRows } from './ready-rules.ts'
import { listRules } from './rule-store.ts'

/** Somebody on a page. */
interface PageVisit extends Pick<RuleFacts, 'country' | 'isSomebodyAvailable'> {
  /** The page's address, as whole as consent allows; undefined: unknown, which is the start page. */
  readonly url: string | undefined
}

/** What the channel does on the page, by its rules as they stand now. */
export async function stateOnPage(
  handle: Handle,
  { id, shopId, options }: ChannelRow,
  { url = '/', country, isSomebodyAvailable }: PageVisit,
): Promise<PageState> {
  const rules = readyRows(await listRules(handle, shopId, id))
  return pageState({ options, rules }, { path: pathOf(url), country, isSomebodyAvailable })
}

/** The chatbot that answers on the page, as its rule chose; undefined: none does, and operators get the chat as ever. */
export async function findBotOf(
  handle: Handle,
  shopId: number,
  { chatbotId }: Pick<PageState, 'chatbotId'>,
): Promise<ChatbotRow | undefined> {
  return chatbotId === undefined
    ? undefined
    : findChatbot(handle, shopId, Buffer.from(chatbotId, 'base64url'))
}
