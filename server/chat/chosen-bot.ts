import type { ChannelRow } from './channel-store.ts'
import type { Handle } from './log-store.ts'
import type { RuleFacts } from './match-rules.ts'
import { pageState, pathOf, type PageState } from './page-state.ts'
import { readyRows } from './ready-rules.ts'
import { listRules } from './rule-store.ts'
import { isSomebodyThere } from './shown.ts'

type Availability = Pick<RuleFacts, 'isSomebodyAvailable'>

/** Somebody on a page. */
interface PageVisit {
  /** The page's address, as whole as consent allows; undefined: unknown, which is the start page. */
  readonly url: string | undefined
  /** ISO 3166-1 alpha-2; undefined: unknown. */
  readonly country: string | undefined
}

/** What the channel does on the page, by its rules as they stand now. */
export async function stateOnPage(
  handle: Handle,
  { id, shopId, options }: ChannelRow,
  { url = '/', country, isSomebodyAvailable }: PageVisit & Availability,
): Promise<PageState> {
  const rules = readyRows(await listRules(handle, shopId, id))
  return pageState({ options, rules }, { path: pathOf(url), country, isSomebodyAvailable })
}

/**
 * The public id of the chatbot that answers on the page, as its rule chooses; undefined: none does, and operators get the
 * chat as ever. The bot is the shop's and not archived at this moment. Pages are told the same in advance (`chatbotId` of
 * the launcher); whoever begins a conversation asks here again, in its transaction, with the address of the page that the
 * first message came from: what a page says of its bot counts for nothing.
 */
export async function chosenBot(
  handle: Handle,
  channel: ChannelRow,
  { now, ...visit }: PageVisit & { readonly now: number },
): Promise<string | undefined> {
  const isSomebodyAvailable = await isSomebodyThere(handle, channel.shopId, channel.id, now)
  return (await stateOnPage(handle, channel, { ...visit, isSomebodyAvailable })).chatbotId
}
