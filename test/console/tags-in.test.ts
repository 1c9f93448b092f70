import { describe, expect, it } from 'vitest'
import { offeredTags, toggledTag } from '#console/chat/tags-in.ts'

const USED = ['warranty', 'returns', 'return by mail', 'blue']

describe('tags of a conversation', () => {
  it.each([
    { text: '', offered: USED },
    { text: 'blue', offered: USED },
    { text: 'blue, ', offered: USED },
    { text: 'blue, RET', offered: ['returns', 'return by mail'] },
    { text: 'blue, nobody has this', offered: USED },
  ])('are offered by what is typed last: “$text”', ({ text, offered }) => {
    expect(offeredTags(text, USED)).toEqual(offered)
  })

  it.each([
    { text: '', tag: 'blue', kept: 'blue' },
    { text: 'blue', tag: 'blue', kept: '' },
    { text: 'blue, ret', tag: 'returns', kept: 'blue, returns' },
    { text: 'new one', tag: 'blue', kept: 'new one, blue' },
    { text: 'blue, returns', tag: 'blue', kept: 'returns' },
  ])('are picked and let go: $tag after “$text”', ({ text, tag, kept }) => {
    expect(toggledTag(text, tag, USED)).toBe(kept)
  })
})
