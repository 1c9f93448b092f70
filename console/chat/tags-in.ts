const MAX_TAGS = 20
const MAX_CHARS = 40
const MOST_OFFERED = 24

/** What was typed, cut at commas: each tag once, in small letters. */
export function tagsIn(text: string): readonly string[] {
  const tags = text
    .split(',')
    .map((tag) => tag.trim().toLowerCase().slice(0, MAX_CHARS))
    .filter((tag) => tag !== '')
  return [...new Set(tags)].slice(0, MAX_TAGS)
}

/** Those of the tags in use that what was typed last may mean; all of them where it is one, or nothing. */
export function offeredTags(text: string, used: readonly string[]): readonly string[] {
  const begun = begunIn(text, used)
  return used.filter((tag) => tag.includes(begun)).slice(0, MOST_OFFERED)
}

/** With the tag, in place of what was begun of it; or without it. */
export function toggledTag(text: string, tag: string, used: readonly string[]): string {
  const begun = begunIn(text, used)
  const tags = tagsIn(text)
  if (tags.includes(tag)) return tags.filter((one) => one !== tag).join(', ')
  const others = begun === '' ? tags : tags.filter((one) => one !== begun)
  return [...others, tag].join(', ')
}

/** What stands after the last comma and is no tag yet. */
function begunIn(text: string, used: readonly string[]): string {
  const [begun = ''] = tagsIn(text.split(',').at(-1) ?? '')
  const isMeant = used.some((tag) => tag !== begun && tag.includes(begun))
  return used.includes(begun) || !isMeant ? '' : begun
}
