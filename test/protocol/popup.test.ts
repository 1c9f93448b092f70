import { describe, expect, it } from 'vitest'
import { LinkSchema, PictureSchema, POPUP_LIMITS, PopupSchema } from '#protocol/popup.ts'

const popup = (texts: readonly string[]) => ({
  layout: { kind: 'modal' },
  design: { kind: 'blocks', blocks: texts.map((text) => ({ kind: 'heading', text })) },
})

describe('a text of a design', () => {
  it.each([
    { text: 'Hi {{firstName}}', isTaken: true },
    { text: 'Hi {{ firstName | you }}, {{cartQuantity|0}} in it', isTaken: true },
    { text: 'Braces {of} {{ none', isTaken: true },
    { text: 'Hi {{fristName|you}}', isTaken: false },
    { text: 'Hi {{}}', isTaken: false },
  ])('$text: $isTaken', ({ text, isTaken }) => {
    expect(PopupSchema.safeParse(popup([text])).success).toBe(isTaken)
  })

  it.each(['{{' + ' '.repeat(1_998), '{{|'.repeat(666), '{'.repeat(2_000), '{{a|'.repeat(500)])(
    'is read once, whatever is in it: %.9s…',
    (text) => {
      // With a pattern that tries again at every place these take minutes, and the test's time is up.
      const texts = Array.from({ length: POPUP_LIMITS.blocks }, () => text)
      expect(PopupSchema.safeParse(popup(texts)).success).toBe(true)
    },
  )
})

describe('an address in a design', () => {
  it.each(['/sale', 'https://shop.example/a?b#c', '#top', 'mailto:a@b.example', 'tel:+57 1'])(
    'may be %s',
    (url) => expect(LinkSchema.safeParse(url).success).toBe(true),
  )

  it.each([
    '//evil.example',
    String.raw`/\evil.example`,
    String.raw`https:\\evil.example`,
    'java' + 'script:alert(1)',
    ' https://x.example',
    'data:text/html,x',
  ])('may not be %s', (url) => {
    expect(LinkSchema.safeParse(url).success).toBe(false)
    expect(PictureSchema.safeParse(url).success).toBe(false)
  })
})
