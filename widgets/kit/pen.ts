import { colourOf } from './colour.ts'
import type { PageColour } from './theme.ts'

/** Draws nothing: it tells a colour's hex, however that is written, and makes the browser look for fonts. */
let pen: CanvasRenderingContext2D | undefined

// Where there is none, the next use throws, which is caught there: the page may have its own idea of these functions.
function getPen(): CanvasRenderingContext2D {
  return (pen ??= document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D)
}

/**
 * Has the browser find its own font in these weights and sizes, such as `600 16px`. For each it takes a millisecond or
 * more, which is otherwise spent when text is first laid out.
 */
export function lookUp(fonts: readonly string[]): void {
  try {
    for (const font of fonts) {
      Object.assign(getPen(), { font: `${font} system-ui` }).measureText('×')
    }
  } catch {
    // It then finds them when they are needed.
  }
}

/**
 * What the page says at its root. Asked before anything of ours is on the page, the browser has it at hand. Colours
 * that a pen does not know, or that have no hex, we could not correct, and so do not take.
 */
export const pageColour: PageColour = (name) => {
  try {
    const value = getComputedStyle(document.documentElement).getPropertyValue(`--gp-${name}`)
    const hex = value && drawnWith(value, '#000')
    return hex && hex === drawnWith(value, '#fff') && hex[0] === '#' ? colourOf(hex) : undefined
  } catch {
    // The page has its own idea of these functions.
    return undefined
  }
}

/** `before` where the pen does not know `value`. */
function drawnWith(value: string, before: string): string {
  const pen = getPen()
  pen.fillStyle = before
  pen.fillStyle = value
  return pen.fillStyle
}
