import type { ChannelOptions, ChannelTexts } from '#protocol/chat-channels.ts'

export type TextKey = keyof ChannelTexts
export type Texts = ChannelOptions['texts']

/** As the server has them, which this page does not load: it comes with the schemas. */
export const TEXT_CHARS: Readonly<Record<TextKey, number>> = {
  launcher: 60,
  title: 80,
  welcome: 1_000,
  placeholder: 120,
  offline: 1_000,
  preChat: 1_000,
  consent: 1_000,
  queued: 300,
  joined: 300,
  left: 300,
  closed: 300,
  rating: 300,
}

export const NOTICE_KEYS = ['queued', 'joined', 'left', 'closed', 'rating'] as const

/** Those of the shop, then what else has texts: the order in which they stand in for each other. */
export function languagesIn(texts: Texts, ofShop: readonly string[]): readonly string[] {
  return [...new Set([...ofShop, ...Object.keys(texts)])]
}

export function textIn(texts: Texts, language: string, key: TextKey): string {
  return texts[language]?.[key] ?? ''
}

/**
 * Whose texts visitors of a language read: its own, else those of the first language that has any. Languages are never
 * mixed: what is missing there, the window says by itself. Undefined: the shop has written none.
 */
export function languageRead(
  texts: Texts,
  languages: readonly string[],
  language: string,
): string | undefined {
  const order = [language, ...languages, ...Object.keys(texts)]
  return order.find((one) => texts[one] !== undefined)
}

/** A text that is emptied is gone; a language without any is no language. */
export function withText(texts: Texts, language: string, key: TextKey, text: string): Texts {
  const { [key]: _, ...others } = texts[language] ?? {}
  const written = text === '' ? others : { ...others, [key]: text }
  if (Object.keys(written).length === 0) return withoutLanguage(texts, language)
  return { ...texts, [language]: written }
}

export function withoutLanguage(texts: Texts, language: string): Texts {
  const { [language]: _, ...others } = texts
  return others
}
