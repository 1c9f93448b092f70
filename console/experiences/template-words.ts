import { en, type MessageKey } from '../messages/en.ts'
import type { Words } from '../words.ts'
import type { OfferedTemplate } from './template-draft.ts'

/** In the reader's language where there are words for it; the server's are English. */
export function templateWords(
  { key, name, description }: Pick<OfferedTemplate, 'key' | 'name' | 'description'>,
  { t }: Pick<Words, 't'>,
): { readonly name: string; readonly text: string } {
  const nameKey = `template.${key}.name`
  const textKey = `template.${key}.text`
  return {
    name: isKnown(nameKey) ? t(nameKey) : name,
    text: isKnown(textKey) ? t(textKey) : description,
  }
}

function isKnown(key: string): key is MessageKey {
  return Object.hasOwn(en, key)
}
