import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { BusinessHours } from '#protocol/chat-channels.ts'
import { assign } from '#server/chat/assign.ts'
import { fileTypeOf } from '#server/chat/attachment-type.ts'
import { isOpenAt, opensAt } from '#server/chat/hours.ts'
import { presenceOf } from '#server/chat/presence.ts'
import { root } from '../../../scripts/root.mjs'
import { gifOf, jpegOf, pngOf, webpOf } from '../../support/image-headers.ts'

const Vectors = z.object({
  operators: z.record(
    z.string(),
    z.object({ memberId: z.number(), languages: z.array(z.string()) }),
  ),
  cases: z.array(
    z.object({
      what: z.string(),
      /** Chats they have, and may have. */
      there: z.record(z.string(), z.tuple([z.number(), z.number()])),
      language: z.string().nullable().default(null),
      country: z.string().nullable().default(null),
      previous: z.string().optional(),
      passedOver: z.array(z.string()).default([]),
      random: z.number().default(0.5),
      expected: z.object({ who: z.string(), reason: z.record(z.string(), z.unknown()) }).nullable(),
    }),
  ),
})

const vectors = Vectors.parse(
  JSON.parse(readFileSync(join(root, 'test/cases/chat-assignment.json'), 'utf8')),
)

const idOf = (name: string) => vectors.operators[name]?.memberId ?? -1

describe('who gets a conversation', () => {
  it.each(vectors.cases)('$what', ({ there, expected, previous, passedOver, ...waiting }) => {
    const candidates = Object.entries(there).map(([name, [activeChats, maxChats]]) => {
      const { memberId, languages } = vectors.operators[name] ?? { memberId: -1, languages: [] }
      return { memberId, languages, activeChats, maxChats }
    })

    const assigned = assign(
      candidates,
      {
        ...waiting,
        previousOperator: previous === undefined ? null : idOf(previous),
        passedOver: passedOver.map(idOf),
      },
      () => waiting.random,
    )

    expect(assigned ?? null).toEqual(
      expected && { memberId: idOf(expected.who), reason: expected.reason },
    )
  })
})

describe('presence', () => {
  const SECOND = 1_000
  const MINUTE = 60 * SECOND

  it.each([
    { idleMs: 0, set: 'online', presence: 'online' },
    { idleMs: 29 * MINUTE + 59 * SECOND, set: 'online', presence: 'online' },
    { idleMs: 29 * MINUTE + 59 * SECOND, set: 'away', presence: 'away' },
    { idleMs: 30 * MINUTE + SECOND, set: 'online', presence: 'offline' },
    { idleMs: 30 * MINUTE + SECOND, set: 'away', presence: 'offline' },
  ] as const)('is $presence $idleMs ms after the last input of who is $set', (given) => {
    const { idleMs, set, presence } = given

    expect(presenceOf({ presence: set, activeAt: 1_000 }, 1_000 + idleMs)).toBe(presence)
  })
})

describe('business hours', () => {
  const hours: BusinessHours = {
    timeZone: 'America/Bogota',
    week: {
      mon: [{ from: '09:00', to: '13:00' }],
      tue: [{ from: '09:00', to: '24:00' }],
      wed: [],
      thu: [],
      fri: [],
      sat: [],
      sun: [],
    },
    exceptions: [{ on: '2026-11-30', spans: [] }],
  }
  /** Bogotá is five hours behind, all year. */
  const at = (text: string) => Date.parse(`${text}:00-05:00`)

  it.each([
    { when: '2026-11-23T08:59', isOpen: false },
    { when: '2026-11-23T09:00', isOpen: true },
    { when: '2026-11-23T12:59', isOpen: true },
    { when: '2026-11-23T13:00', isOpen: false },
    { when: '2026-11-24T23:59', isOpen: true },
    { when: '2026-11-25T00:00', isOpen: false },
    { when: '2026-11-30T10:00', isOpen: false },
  ])('at $when: $isOpen', ({ when, isOpen }) => {
    expect(isOpenAt(hours, at(when))).toBe(isOpen)
  })

  it('opens again on the next day that has a span, past a holiday', () => {
    expect(opensAt(hours, at('2026-11-25T00:30'))).toBe(at('2026-12-01T09:00'))
  })

  it('opens at nine where the clock goes forward that night', () => {
    const madrid = { ...hours, timeZone: 'Europe/Madrid', exceptions: [] }
    const before = Date.parse('2026-03-29T00:30:00+01:00')

    expect(opensAt(madrid, before)).toBe(Date.parse('2026-03-30T09:00:00+02:00'))
  })
})

describe('what a file is', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1')

  it.each([
    { what: 'a PNG', content: bytes('\u0089PNG\r\n\u001A\n'), type: 'image/png' },
    { what: 'a GIF', content: bytes('GIF89a'), type: 'image/gif' },
    { what: 'a WebP', content: bytes('RIFF0000WEBP'), type: 'image/webp' },
    { what: 'a PDF', content: bytes('%PDF-1.7'), type: 'application/pdf' },
    { what: 'HTML', content: bytes('<html><script>alert(1)</script>'), type: undefined },
    { what: 'SVG', content: bytes('<svg xmlns="x" onload="a()"/>'), type: undefined },
    { what: 'SVG behind XML', content: bytes('<?xml version="1.0"?><svg/>'), type: undefined },
    { what: 'a PDF behind HTML', content: bytes('<script>a()</script>%PDF-1.7'), type: undefined },
    { what: 'nothing', content: Buffer.alloc(0), type: undefined },
  ])('$what is $type by its own bytes', ({ content, type }) => {
    expect(fileTypeOf(content)?.type).toBe(type)
  })

  it.each([
    { what: 'a PNG', content: pngOf(640, 480) },
    { what: 'a GIF', content: gifOf(640, 480) },
    { what: 'a JPEG', content: jpegOf(640, 480) },
    { what: 'a JPEG with noise between its parts', content: jpegOf(640, 480, 'noise\u00ff\u0000') },
    { what: 'a WebP of several parts', content: webpOf('VP8X', 640, 480) },
    { what: 'a lossless WebP', content: webpOf('VP8L', 640, 480) },
    { what: 'a lossy WebP', content: webpOf('VP8 ', 640, 480) },
  ])('$what says how large it is', ({ content }) => {
    expect(fileTypeOf(content)).toMatchObject({ width: 640, height: 480 })
  })

  it('that breaks off says nothing, and throws nothing', () => {
    const whole = [pngOf(9, 9), gifOf(9, 9), jpegOf(9, 9), webpOf('VP8X', 9, 9)]
    for (const content of whole) {
      for (let end = 0; end < content.length; end += 1) {
        const { width } = fileTypeOf(content.subarray(0, end)) ?? {}
        expect([undefined, 9]).toContain(width)
      }
    }
  })
})
