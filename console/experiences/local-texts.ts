import type { Block, LocalText, Popup } from '#protocol/popup.ts'

/** A text as it stands in one language; of one that lacks it, nothing. */
export function textIn(text: LocalText | undefined, language: string | undefined): string {
  if (text === undefined) return ''
  if (typeof text === 'string') return text
  return (language === undefined ? Object.values(text)[0] : text[language]) ?? ''
}

/** As its reader would see it: in this language, else in the first. */
export function readIn(text: LocalText | undefined, language: string | undefined): string {
  return textIn(text, language) || textIn(text, undefined)
}

/** The same with other words in one language; one text for all stays one for all. */
export function withText(
  text: LocalText | undefined,
  language: string | undefined,
  words: string,
): LocalText {
  if (text === undefined || typeof text === 'string') return words
  const of = language ?? Object.keys(text)[0]
  return of === undefined ? words : { ...text, [of]: words }
}

/** The languages that a pop-up speaks, the one that stands in for others first; none: one text for all. */
export function languagesOf(popup: Popup): readonly string[] {
  const found = new Set<string>()
  mapTexts(popup, (text) => {
    if (typeof text !== 'string') for (const language of Object.keys(text)) found.add(language)
    return text
  })
  return [...found]
}

/** Every text then is in that language as well, to begin with in the words that there are. */
export function withLanguage(popup: Popup, language: string, own: string): Popup {
  return mapTexts(popup, (text) => {
    if (typeof text === 'string') return { [own]: text, [language]: text }
    return { ...text, [language]: text[language] ?? readIn(text, own) }
  })
}

/** Of the last language there is one text for all. */
export function withoutLanguage(popup: Popup, language: string): Popup {
  return mapTexts(popup, (text) => {
    if (typeof text === 'string') return text
    const { [language]: gone, ...rest } = text
    const [only, ...more] = Object.values(rest)
    if (more.length > 0) return rest
    return only ?? gone ?? ''
  })
}

function mapTexts(popup: Popup, change: (text: LocalText) => LocalText): Popup {
  const { design, label } = popup
  const all = (blocks: readonly Block[]) => blocks.map((block) => mapBlock(block, change))
  const thanks = design.thanks && { thanks: all(design.thanks) }
  return {
    ...popup,
    ...(label !== undefined && { label: change(label) }),
    design:
      design.kind === 'blocks'
        ? { ...design, blocks: all(design.blocks), ...thanks }
        : { ...design, ...thanks },
  }
}

function mapBlock(block: Block, change: (text: LocalText) => LocalText): Block {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'button':
      return { ...block, text: change(block.text) }
    case 'image':
      return { ...block, alt: change(block.alt) }
    case 'field': {
      const { hint, options } = block
      return {
        ...block,
        label: change(block.label),
        ...(hint !== undefined && { hint: change(hint) }),
        ...(options !== undefined && {
          options: options.map((option) => ({ ...option, label: change(option.label) })),
        }),
      }
    }
    case 'coupon':
      return block.label === undefined ? block : { ...block, label: change(block.label) }
    case 'countdown':
      return { ...block, label: change(block.label), over: change(block.over) }
    case 'product':
      if (block.of === 'cart') return block
      return { ...block, of: { ...block.of, name: change(block.of.name) } }
    case 'goal':
      return { ...block, left: change(block.left), reached: change(block.reached) }
  }
}
