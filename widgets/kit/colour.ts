/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number]

const BLACK: Colour = [0, 0, 0]
const WHITE: Colour = [255, 255, 255]
/** WCAG 2.2, 1.4.3: of text; 1.4.11: of the edges of controls. */
export const TEXT_CONTRAST = 4.5
export const EDGE_CONTRAST = 3

/** `#1b4dd6` as a colour. */
export function colourOf(hex: string): Colour {
  const bits = parseInt(hex.slice(1), 16)
  return [bits >> 16, (bits >> 8) & 255, bits & 255]
}

export function cssOf(colour: Colour): string {
  return `rgb(${colour.join(' ')})`
}

/** Black or white, whichever can be read on `background`; white where both can. */
export function inkOn(background: Colour): Colour {
  return contrastOf(WHITE, background) < TEXT_CONTRAST ? BLACK : WHITE
}

/** `colour`, moved towards the ink of the first of `grounds` as far as it takes to stand out from each of them. */
export function legible(
  colour: Colour,
  grounds: readonly [Colour, ...Colour[]],
  least = TEXT_CONTRAST,
): Colour {
  let found = colour
  for (let step = 1; grounds.some((ground) => contrastOf(found, ground) < least); step++) {
    found = mix(colour, inkOn(grounds[0]), step / 20)
  }
  return found
}

/** `share` of `other`, the rest of `colour`. */
export function mix(colour: Colour, other: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2) => Math.round(colour[index] * (1 - share) + other[index] * share)
  return [at(0), at(1), at(2)]
}

/** WCAG 2.2, "contrast ratio": 1 to 21. */
export function contrastOf(one: Colour, other: Colour): number {
  const lights = [lightOf(one), lightOf(other)]
  return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function lightOf(colour: Colour): number {
  const [red, green, blue] = colour
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(part: number): number {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
