import type { ChannelOptions, PreChatField } from '#protocol/chat-channels.ts'
import type { Texts } from './channel-texts.ts'

/** As protocol/chat-channels.ts has them, which this page does not load: it comes with the schemas. */
export const FIELD_TYPES: readonly PreChatField['type'][] = ['text', 'email', 'phone', 'choice']
export const MAX_FIELDS = 10

/** What is asked most often, by the names under which the conversation keeps it. */
export const FIELD_KINDS = ['name', 'email', 'phone', 'text', 'choice'] as const
type FieldKind = (typeof FIELD_KINDS)[number]

/** A field of that kind, under a key that none has. */
export function newField(
  kind: FieldKind,
  fields: readonly PreChatField[],
  { language, label }: { readonly language: string; readonly label: string },
): PreChatField {
  const type = kind === 'name' ? 'text' : kind
  const isAsked = kind === 'name' || kind === 'email' || kind === 'phone'
  const key = freeKey(isAsked ? kind : 'question', fields)
  const choices = kind === 'choice' ? ['', ''] : []
  return { key, type, isRequired: kind === 'email', labels: { [language]: label }, choices }
}

function freeKey(wanted: string, fields: readonly PreChatField[]): string {
  const taken = new Set(fields.map(({ key }) => key))
  if (!taken.has(wanted)) return wanted
  let number = 2
  while (taken.has(`${wanted}_${number}`)) number += 1
  return `${wanted}_${number}`
}

export function labelIn({ labels }: PreChatField, language: string): string {
  return labels[language] ?? ''
}

export function withLabel(field: PreChatField, language: string, label: string): PreChatField {
  const { [language]: _, ...others } = field.labels
  return { ...field, labels: label.trim() === '' ? others : { ...others, [language]: label } }
}

/** What visitors of that language are asked, in whichever there is. */
export function shownLabel(field: PreChatField, languages: readonly string[]): string {
  const written = languages.find((language) => labelIn(field, language) !== '')
  return written === undefined ? (Object.values(field.labels)[0] ?? '') : labelIn(field, written)
}

/** Why the form before the chat can't be saved; undefined: it can. */
export function preChatFault(
  { preChat }: Pick<ChannelOptions, 'preChat'>,
  texts: Texts,
): 'label' | 'choices' | 'consent' | undefined {
  if (preChat.fields.some(({ labels }) => Object.keys(labels).length === 0)) return 'label'
  const isShort = ({ type, choices }: PreChatField) =>
    type === 'choice' && new Set(choices.map((one) => one.trim()).filter(Boolean)).size < 2
  if (preChat.fields.some(isShort)) return 'choices'
  // Languages are not mixed: whoever reads one of them must read what they consent to.
  const written = Object.values(texts)
  const hasConsent =
    written.length > 0 && written.every(({ consent = '' }) => consent.trim() !== '')
  return preChat.isOn && preChat.asksConsent && !hasConsent ? 'consent' : undefined
}

/** As it is saved: without choices that say nothing. */
export function tidied(options: ChannelOptions): ChannelOptions {
  const fields = options.preChat.fields.map((field) => ({
    ...field,
    choices: field.type === 'choice' ? field.choices.filter((one) => one.trim() !== '') : [],
  }))
  return { ...options, preChat: { ...options.preChat, fields } }
}
