// Pictures are flat: an area of colour, its shaded right half, a shadow on the table. 480 × 600, the table's edge at 400.

const WIDTH = 480
const HEIGHT = 600

const round = (value) => Math.round(value * 10) / 10

export const rect = (x, y, width, height, fill, rx = 0) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${rx ? ` rx="${rx}"` : ''}/>`
export const circle = (cx, cy, r, fill) =>
  `<circle cx="${round(cx)}" cy="${round(cy)}" r="${r}" fill="${fill}"/>`
export const ellipse = (cx, cy, rx, ry, fill) =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"/>`
export const path = (d, fill) => `<path d="${d}" fill="${fill}"/>`
export const stroke = (d, colour, width, cap = 'round') =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="${cap}" stroke-linejoin="round"/>`
export const ring = (cx, cy, r, colour, width) =>
  `<circle cx="${cx}" cy="${cy}" r="${r}" fill="none" stroke="${colour}" stroke-width="${width}"/>`
export const turn = (degrees, cx, cy, inside) =>
  `<g transform="rotate(${round(degrees)} ${round(cx)} ${round(cy)})">${inside}</g>`
export const move = (x, y, inside, scale = 1) =>
  `<g transform="translate(${x} ${y})${scale === 1 ? '' : ` scale(${scale})`}">${inside}</g>`
export const shadow = (cx, cy, rx, ry = 14) =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="#1d1410" opacity=".16"/>`

let clips = 0

/** Whatever `inside` draws, cut to the shape `d`. */
export function cut(d, inside) {
  clips += 1
  return `<clipPath id="c${clips}"><path d="${d}"/></clipPath><g clip-path="url(#c${clips})">${inside}</g>`
}

/** An area of colour with `inside` on it, in shade from `from` to the right. */
export function solid(d, fill, { inside = '', from = 300, shade = 0.13 } = {}) {
  const dark = `<path d="M${from} -600H600V600H${from}Z" fill="#1d1410" opacity="${shade}"/>`
  return path(d, fill) + cut(d, inside + dark)
}

/** `count` things in a row or a circle. */
export const times = (count, draw) => Array.from({ length: count }, (_, at) => draw(at)).join('')

export const zigzag = (x, y, step, height, count) =>
  `M${x} ${y}${times(count, (at) => `l${step} ${at % 2 === 0 ? -height : height}`)}`

export const leaf = (x, y, degrees, length, fill, vein = '#00000022') =>
  turn(
    degrees,
    x,
    y,
    path(
      `M${x} ${y}c${length * 0.3} ${-length * 0.28} ${length * 0.75} ${-length * 0.24} ${length} 0c${-length * 0.25} ${length * 0.24} ${-length * 0.7} ${length * 0.28} ${-length} 0Z`,
      fill,
    ) + stroke(`M${x} ${y}h${length * 0.9}`, vein, 2),
  )

export const bean = (x, y, degrees, fill = '#5b3524') =>
  turn(
    degrees,
    x,
    y,
    ellipse(x, y, 15, 10, fill) + stroke(`M${x - 12} ${y}q8 -6 12 0t12 0`, '#2f1a11', 2),
  )

/** A cup seen from the side, its base at (x, y). */
export const cup = (x, y, colour, coffee = '#4a2a1b') =>
  shadow(x, y, 52, 9) +
  stroke(`M${x + 38} ${y - 52}c34 -6 34 36 2 32`, colour, 9) +
  solid(`M${x - 46} ${y - 66}h92c0 40 -12 66 -30 66h-32c-18 0 -30 -26 -30 -66Z`, colour, {
    from: x + 8,
  }) +
  ellipse(x, y - 66, 46, 9, coffee)

/** The whole picture: wall, table, what stands on it. */
export function picture({ wall, table, edge = 400 }, ...things) {
  const body = things.join('')
  clips = 0
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${rect(0, 0, WIDTH, HEIGHT, wall)}${table === undefined ? '' : rect(0, edge, WIDTH, HEIGHT - edge, table)}${body}</svg>\n`
}
