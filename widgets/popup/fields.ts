import type { Block, Field } from '#protocol/popup.ts'
import type { MessageKey } from '../kit/messages.ts'

export type Values = Readonly<Record<string, string | boolean>>
/** What is wrong, by the fields' names. */
export type Mistakes = Readonly<Record<string, MessageKey>>

/** What a person sees without sending it first; the server looks again. */
export function mistakesIn(blocks: readonly Block[], values: Values): Mistakes {
  const found: Record<string, MessageKey> = {}
  for (const block of blocks) {
    const mistake = block.kind === 'field' && mistakeIn(block, values[block.name])
    if (mistake) found[block.name] = mistake
  }
  return found
}

function mistakeIn(
  { type, isRequired }: Field,
  value: string | boolean = '',
): MessageKey | undefined {
  if (value === '' || value === false) return isRequired ? 'required' : undefined
  if (type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value))) return 'email'
  if (type === 'phone' && !/^\+?[\d ().-]{5,}$/.test(String(value))) return 'invalid'
  return undefined
}

/** What stands in a form, by name; of what was left empty nothing. */
export function valuesIn(form: EventTarget | null): Values {
  const values: Record<string, string | boolean> = {}
  if (!(form instanceof HTMLElement)) return values
  // not form.elements, for a field of that name would stand in its place
  for (const field of form.querySelectorAll('input,select,textarea')) {
    const { name, value, type, checked } = Object(field)
    if (!name || type === 'submit' || type === 'button' || (type === 'radio' && !checked)) continue
    if (type === 'checkbox') values[name] = checked === true
    else if (String(value).trim() !== '') values[name] = String(value).trim()
  }
  return values
}
