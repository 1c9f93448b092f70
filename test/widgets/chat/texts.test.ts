import { describe, expect, it } from 'vitest'
import type { Message } from '#protocol/chat.ts'
import { redacted, unreadIn } from '#widgets/chat/reading.ts'
import { piecesOf } from '#widgets/chat/rich-text.ts'
import { rowsOf } from '#widgets/chat/rows.ts'

// `safeLink` resolves against the page that it is on.
Object.defineProperty(globalThis, 'location', {
  value: new URL('https://shop.example/'),
  configurable: true,
})

describe('an address in a text', () => {
  it.each([
    { text: 'see https://shop.example/a?b=1.', url: 'https://shop.example/a?b=1' },
    { text: '(www.shop.example)', url: 'https://www.shop.example/' },
    { text: 'write to ana@shop.example!', url: 'mailto:ana@shop.example' },
  ])('is found in “$text”', ({ text, url }) => {
    const pieces = piecesOf(text)

    expect(pieces.flatMap((piece) => piece.url ?? [])).toEqual([url])
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  })

  it.each([
    ['javascript', 'alert(1)'].join(':'),
    'data:text/html,hi',
    'https://bank.example@evil.example/',
    'nothing at all',
  ])('is none in “%s”', (text) => {
    expect(piecesOf(text).flatMap(({ url }) => url ?? [])).toEqual([])
  })

  it('is spelled out where its letters look like others', () => {
    expect(piecesOf('https://аpple.com/login')).toEqual([
      { text: 'https://xn--pple-43d.com/login', url: 'https://xn--pple-43d.com/login' },
    ])
  })
})

const said = (number: number, kind: 'visitor' | 'operator', at: number): Message => ({
  number,
  id: `m-${number}`,
  author: { kind },
  at,
  kind: 'text',
  text: `${number}`,
})

describe('what the log shows', () => {
  it('has a line where a day begins, and joins what one said in a row', () => {
    const day = new Date(2026, 10, 22, 9).getTime()
    const messages = [
      said(1, 'visitor', day - 86_400_000),
      said(2, 'operator', day),
      said(3, 'operator', day + 1_000),
      said(4, 'operator', day + 3_600_000),
    ]
    const rows = rowsOf(messages, [], day).map((row) =>
      row.is === 'said' ? [row.key, row.isFirst, row.isLast] : row.is,
    )

    expect(rows).toEqual([
      'day',
      ['m-1', true, true],
      'day',
      ['m-2', true, false],
      ['m-3', false, true],
      ['m-4', true, true],
    ])
  })

  it('keeps the place of what was redacted, and nothing of it', () => {
    const redaction: Message = { ...said(3, 'operator', 3), kind: 'redaction', of: 1 }
    const shown = redacted([said(1, 'operator', 1), said(2, 'visitor', 2), redaction])

    expect(shown).toMatchObject([{ number: 1, isRedacted: true }, { number: 2 }])
    expect(unreadIn(shown, 0)).toBe(0)
  })
})
