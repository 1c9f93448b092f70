import type { Theme } from '#protocol/popup.ts'
import {
  colourOf,
  contrastOf,
  cssOf,
  EDGE_CONTRAST,
  inkOn,
  legible,
  mix,
  TEXT_CONTRAST,
  type Colour,
} from './colour.ts'

const LIGHT: Colour = [255, 255, 255]
const DARK: Colour = [28, 28, 27]
const INK_ON_LIGHT: Colour = [27, 27, 24]
const INK_ON_DARK: Colour = [243, 243, 239]
const BAD: Colour = [192, 54, 44]

export type Painted = 'accent' | 'background' | 'text'
/** A colour that the page's own style sheet gives, as in `:root { --gp-accent: teal }`. */
export type PageColour = (name: Painted) => Colour | undefined

/**
 * The `--gp-*` tokens of a widget, as CSS: what the design says, else what the page says, else ours, light or dark. Texts are
 * corrected to a contrast of 4.5:1 and edges to 3:1, whatever colours were chosen.
 */
export function tokensOf(theme: Theme, pageColour: PageColour, isDark: boolean): string {
  const chosen = (name: Painted) => {
    const hex = theme[name]
    return hex === undefined ? pageColour(name) : colourOf(hex)
  }
  const background = chosen('background') ?? (isDark ? DARK : LIGHT)
  const ink = inkOn(background)
  const tinted = mix(background, ink, 0.06)
  const soft = contrastOf(ink, tinted) < TEXT_CONTRAST ? background : tinted
  const grounds = [background, soft] as const
  const text = legible(chosen('text') ?? (ink[0] > 0 ? INK_ON_DARK : INK_ON_LIGHT), grounds)
  const accent = chosen('accent') ?? text
  const colours: Readonly<Record<string, Colour>> = {
    background,
    soft,
    text,
    accent,
    'on-accent': inkOn(accent),
    link: legible(accent, grounds),
    muted: legible(mix(text, background, 0.3), grounds),
    bad: legible(BAD, grounds),
    line: legible(mix(text, background, 0.6), grounds, EDGE_CONTRAST),
  }
  const painted = Object.entries(colours).map(([name, colour]) => `--gp-${name}:${cssOf(colour)}`)
  if (theme.radius !== undefined) painted.push(`--gp-radius:${theme.radius}px`)
  return painted.join(';')
}
