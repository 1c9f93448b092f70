import { markedName, openingOf } from '#protocol/bot-opening.ts'
import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { ChannelTexts, PreChatField } from '#protocol/chat-channels.ts'
import type { Shop } from '../core/guards.ts'
import type { ChatbotRow } from './chatbot-store.ts'
import { hasAvatar, type ChannelRow } from './channel-store.ts'
import { findBotOf, stateOnPage } from './chosen-bot.ts'
import { isOpenAt, opensAt } from './hours.ts'
import type { Handle } from './log-store.ts'
import { listSeated } from './operator-store.ts'
import { shownName } from './routing.ts'
import { idText } from './shown.ts'

export interface LauncherParts {
  readonly shop: Shop
  /** BCP 47, best first. */
  readonly languages: readonly string[]
  /** Of the page; before consent its path alone. */
  readonly url: string | undefined
  readonly country: string | undefined
  readonly now: number
}

const SHOWN_OPERATORS = 3

/** All that a page needs to draw launcher and window. */
export async function launcherOf(
  handle: Handle,
  channel: ChannelRow,
  { shop, languages, now, ...visit }: LauncherParts,
): Promise<LauncherAnswer> {
  const { id, publicId, options } = channel
  const seated = await listSeated(handle, shop.id, id, now)
  const isAnyoneThere = isOpenAt(options.hours, now) && seated.length > 0
  const stated = { ...visit, isSomebodyAvailable: isAnyoneThere }
  const { match: _, action: __, ...told } = await stateOnPage(handle, channel, stated)
  const bot = await findBotOf(handle, shop.id, told)
  const wanted = [...languages, ...shop.languages]
  const chosen = textsFor(options.texts, wanted)
  const { accent, headerColour, position, offset, zIndex, whenNobody } = options
  const { preChat, asksRating, takesFiles } = options
  return {
    channelId: idText(publicId),
    isAnyoneThere,
    ...told,
    texts: chosen?.texts ?? {},
    language: chosen?.language ?? null,
    accent,
    headerColour,
    position,
    offset,
    zIndex,
    whenNobody,
    asksRating,
    takesFiles,
    hasAvatar: await hasAvatar(handle, shop.id, id),
    preChat: {
      isOn: preChat.isOn,
      asksConsent: preChat.asksConsent,
      fields: preChat.fields.map((field) => fieldOf(field, wanted)),
    },
    opensAt: opensAt(options.hours, now),
    shopName: shop.name,
    operators: seated.slice(0, SHOWN_OPERATORS).map((one) => ({
      id: idText(one.publicId),
      name: shownName(one),
    })),
    ...(bot !== undefined && { bot: openingBy(bot, wanted) }),
  }
}

function openingBy({ publicId, version, name, steps }: ChatbotRow, wanted: readonly string[]) {
  const script = { id: idText(publicId), version }
  return { script, name: markedName(name), said: openingOf(steps, wanted) }
}

function fieldOf({ labels, key, type, isRequired, choices }: PreChatField, wanted: string[]) {
  const label = labels[languageAmong(Object.keys(labels), wanted) ?? ''] ?? key
  return { key, type, isRequired, choices, label }
}

function textsFor(
  texts: Readonly<Record<string, ChannelTexts>>,
  wanted: readonly string[],
): { readonly language: string; readonly texts: ChannelTexts } | undefined {
  const language = languageAmong(Object.keys(texts), wanted)
  const found = language === undefined ? undefined : texts[language]
  return language === undefined || found === undefined ? undefined : { language, texts: found }
}

/** The best of those there are: whole, else by its primary language, else the first. */
function languageAmong(known: readonly string[], wanted: readonly string[]): string | undefined {
  for (const language of wanted.map((one) => one.toLowerCase())) {
    const primary = language.split('-')[0] ?? ''
    const found =
      known.find((one) => one.toLowerCase() === language) ??
      known.find((one) => one.toLowerCase() === primary) ??
      known.find((one) => one.toLowerCase().startsWith(`${primary}-`))
    if (found !== undefined) return found
  }
  return known[0]
}
