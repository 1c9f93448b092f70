/** Markup, which only `html` makes: a text that is no markup is escaped wherever it is put in. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | undefined | readonly Html[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = texts.map((text, at) => text + markupOf(parts[at])).join('')
  return { markup }
}

function markupOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') {
    return String(part).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
  }
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}
