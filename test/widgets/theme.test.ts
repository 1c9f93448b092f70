import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Theme } from '#protocol/popup.ts'
import { contrastOf, type Colour } from '#widgets/kit/colour.ts'
import { tokensOf } from '#widgets/kit/theme.ts'

const PALETTES = process.env.TEST_LONG === '1' ? 100_000 : 10_000

const colour = fc.tuple(byte(), byte(), byte())
const chosen = fc.option(colour, { nil: undefined })

describe('the theme', () => {
  it(`can be read, whatever colours a shop has chosen`, () => {
    fc.assert(
      fc.property(chosen, chosen, chosen, fc.boolean(), (accent, background, text, isDark) => {
        const theme = { accent: hex(accent), background: hex(background), text: hex(text) }
        const tokens = read(tokensOf(clean(theme), () => undefined, isDark))
        const contrast = (one: string, on: string) => contrastOf(tokens(one), tokens(on))

        expect(contrast('text', 'background')).toBeGreaterThanOrEqual(4.5)
        expect(contrast('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5)
        expect(contrast('link', 'background')).toBeGreaterThanOrEqual(4.5)
        expect(contrast('muted', 'background')).toBeGreaterThanOrEqual(4.5)
        expect(contrast('muted', 'soft')).toBeGreaterThanOrEqual(4.5)
        expect(contrast('text', 'soft')).toBeGreaterThanOrEqual(4.5)
        expect(contrast('bad', 'background')).toBeGreaterThanOrEqual(4.5)
        expect(contrast('line', 'background')).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: PALETTES },
    )
  })

  it('keeps colours that can be read as they are', () => {
    const theme: Theme = { accent: '#1b4dd6', background: '#ffffff', text: '#111111' }
    const tokens = read(tokensOf(theme, () => undefined, false))

    expect(tokens('accent')).toEqual([27, 77, 214])
    expect(tokens('text')).toEqual([17, 17, 17])
    expect(tokens('on-accent')).toEqual([255, 255, 255])
  })

  it('takes the page’s tokens where the design says nothing', () => {
    const teal: Colour = [0, 128, 128]
    const page = (name: string) => (name === 'accent' ? teal : undefined)

    expect(read(tokensOf({}, page, false))('accent')).toEqual(teal)
    expect(read(tokensOf({ accent: '#ff0000' }, page, false))('accent')).toEqual([255, 0, 0])
  })

  it('is dark where the visitor’s screen is, unless the design chose a background', () => {
    const background = (theme: Theme) => read(tokensOf(theme, () => undefined, true))('background')

    expect(Math.max(...background({}))).toBeLessThan(64)
    expect(background({ background: '#fafafa' })).toEqual([250, 250, 250])
  })
})

function byte() {
  return fc.integer({ min: 0, max: 255 })
}

function hex(from: Colour | undefined): string | undefined {
  return from && `#${from.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function clean(theme: Record<string, string | undefined>): Theme {
  return Object.fromEntries(Object.entries(theme).filter(([, value]) => value !== undefined))
}

/** Colours of a style text, by the tokens' names. */
function read(css: string): (name: string) => Colour {
  return (name) => {
    const found = new RegExp(`--gp-${name}:rgb\\((\\d+) (\\d+) (\\d+)\\)`).exec(css) ?? []
    return [Number(found[1]), Number(found[2]), Number(found[3])]
  }
}
