import {
  bean,
  circle,
  cup,
  cut,
  ellipse,
  leaf,
  move,
  path,
  picture,
  rect,
  ring,
  shadow,
  solid,
  stroke,
  times,
  turn,
} from './shapes.mjs'

const BAG = 'M132 176h216l14 320q0 16 -16 16H134q-16 0 -16 -16Z'

/** A bag that stands, folded over at the top, with a label of 136 × 170. */
function bag(colour, label, seal = '#f3ead9') {
  return (
    shadow(242, 514, 150, 16) +
    solid(BAG, colour, { from: 292, inside: path('M132 176l18 336h-34Z', '#ffffff1c') }) +
    path('M132 132h216v48H132Z', colour) +
    path('M132 132h216v48H132Z', '#1d14102e') +
    rect(120, 152, 240, 14, '#1d141044', 7) +
    circle(240, 214, 11, '#1d141033') +
    move(172, 252, cut('M0 0h136v190H0Z', rect(0, 0, 136, 190, seal) + label))
  )
}

const tin = (colour, band) =>
  shadow(240, 520, 122, 16) +
  solid('M132 214h216v292q-108 26 -216 0Z', colour, { from: 290, inside: band }) +
  ellipse(240, 214, 108, 22, '#d9c7a4') +
  solid('M126 176h228v40q-114 28 -228 0Z', '#efe1c4', { from: 290 }) +
  ellipse(240, 176, 114, 22, '#f7edd8') +
  ellipse(240, 174, 92, 15, '#e8d8b6')

const cherries = (x, y) =>
  stroke(`M${x} ${y}q-40 34 -92 40`, '#5d4a2c', 5) +
  leaf(x - 20, y + 18, 200, 84, '#3d6b48') +
  leaf(x - 50, y + 34, 96, 78, '#4f8058') +
  [
    [-62, 20, '#b5362b'],
    [-84, 52, '#c9483a'],
    [-46, 54, '#9c2b24'],
    [-96, 26, '#c9483a'],
  ]
    .map(
      ([dx, dy, fill]) =>
        circle(x + dx, y + dy, 15, fill) + circle(x + dx - 5, y + dy - 5, 3, '#ffffff66'),
    )
    .join('')

const mountains = (back, front, sun) =>
  circle(92, 58, 24, sun) +
  path('M-4 132L46 60l40 52 22 -26 40 50v60H-4Z', back) +
  path('M-4 150l38 -30 44 36 30 -20 34 26v40H-4Z', front)

const volcano = () =>
  rect(0, 0, 136, 190, '#e9c46a') +
  path('M8 150L54 66h28l46 84Z', '#7a2e22') +
  path('M54 66h28l8 16q-10 12 -20 2t-24 6Z', '#f3ead9') +
  stroke('M68 58q-12 -16 2 -28t0 -26', '#f3ead9', 6) +
  rect(0, 150, 136, 40, '#3d5a45')

const sea = () =>
  path('M0 96L66 30l70 66Z', '#f3ead9') +
  path('M-10 110L66 34l80 76Z', '#7f9fa3') +
  path('M48 54l18 -20 20 20 -10 8 -10 -8 -9 8Z', '#fff') +
  times(5, (at) =>
    stroke(
      `M-6 ${112 + at * 17}q12 -10 24 0t24 0t24 0t24 0t24 0t24 0`,
      at % 2 ? '#1f5f6b' : '#3c8490',
      7,
    ),
  )

const river = () =>
  rect(0, 0, 136, 190, '#8fae7e') +
  path('M60 0h22q-34 40 4 76t-8 114H36q44 -70 6 -112T60 0Z', '#e9f0ea') +
  times(4, (at) => leaf(96, 24 + at * 44, -30, 34, '#2f5b3e')) +
  times(4, (at) => leaf(28, 40 + at * 40, 200, 30, '#3d6b48'))

const night = () =>
  rect(0, 0, 136, 190, '#23324a') +
  circle(76, 70, 36, '#f0dfae') +
  circle(90, 62, 32, '#23324a') +
  [
    [22, 30],
    [38, 96],
    [110, 116],
    [24, 140],
    [116, 26],
  ]
    .map(([x, y]) => circle(x, y, 3.5, '#f0dfae'))
    .join('') +
  path('M0 160q34 -30 68 -8t68 -10v48H0Z', '#131d2c')

const flowers = times(7, (at) =>
  move(
    150 + (at % 4) * 62,
    at < 4 ? 300 : 400,
    times(5, (petal) =>
      turn(petal * 72, 0, 0, ellipse(0, -16, 9, 14, at % 2 ? '#f4c7b8' : '#fbf1e2')),
    ) + circle(0, 0, 7, '#d99a2b'),
  ),
)

const sachet = (x, y, degrees, colour) =>
  turn(
    degrees,
    x,
    y,
    rect(x, y, 96, 120, colour, 4) +
      rect(x, y, 96, 16, '#1d141026') +
      circle(x + 48, y + 66, 26, '#f3ead9') +
      bean(x + 48, y + 66, 40),
  )

const chocolate = (x, y) =>
  rect(x, y, 96, 260, '#4b2a1d', 4) +
  times(
    8,
    (at) =>
      rect(x + 8 + (at % 2) * 42, y + 10 + Math.floor(at / 2) * 62, 38, 54, '#5f3827', 4) +
      rect(x + 14 + (at % 2) * 42, y + 16 + Math.floor(at / 2) * 62, 26, 6, '#7a4c37', 3),
  )

export const coffee = {
  'cafe-huila': () =>
    picture(
      { wall: '#dfe3d3', table: '#b9895f' },
      bag('#2f5b47', mountains('#6f9a7a', '#2f5b47', '#e0a43b')),
      cherries(430, 430),
      bean(88, 540, 20) + bean(126, 556, -30) + bean(64, 566, 70),
    ),
  'cafe-narino': () =>
    picture(
      { wall: '#f0d5b4', table: '#8a4b32' },
      bag('#b8452f', volcano()),
      bean(402, 544, 10) + bean(432, 524, -50) + bean(370, 560, 80),
    ),
  'cafe-sierra-nevada': () =>
    picture(
      { wall: '#cfe0e0', table: '#e4d3b5' },
      bag('#1f5f6b', sea(), '#f0c9a0'),
      cup(408, 548, '#f6efe2'),
    ),
  'cafe-tolima': () =>
    picture(
      { wall: '#ecdcb0', table: '#c9a867' },
      bag('#f3ead9', river(), '#f3ead9'),
      leaf(366, 556, -30, 100, '#3d6b48') + leaf(372, 560, 12, 88, '#4f8058'),
      bean(92, 548, 0) + bean(66, 528, 60),
    ),
  'cafe-geisha': () =>
    picture(
      { wall: '#eec7b6', table: '#c77f68' },
      tin('#8c3b4a', flowers + rect(120, 440, 240, 30, '#f3ead9')),
      bean(96, 544, 15) + bean(404, 552, -40),
    ),
  'cafe-descafeinado': () =>
    picture(
      { wall: '#b9c3d3', table: '#5d6a80' },
      bag('#31435f', night()),
      cup(74, 552, '#e7c9a2'),
    ),
  'cafe-goteo': () =>
    picture(
      { wall: '#f2c879', table: '#d79b45' },
      shadow(250, 520, 170, 16),
      solid('M150 250h220v262H150Z', '#f6efe2', {
        from: 330,
        inside:
          rect(150, 250, 220, 80, '#c4512f') +
          times(3, (at) => ring(205 + at * 50, 424, 18, '#c4512f', 6)) +
          rect(178, 278, 120, 10, '#f6efe2', 5) +
          rect(178, 298, 76, 8, '#f6efe2', 4),
      }),
      path('M150 250l-46 -42h214l52 42Z', '#e2d5bd'),
      sachet(160, 152, -8, '#c4512f') + sachet(236, 142, 6, '#e9dcc6'),
      rect(150, 244, 220, 16, '#f6efe2'),
      cup(88, 562, '#fff7ea'),
    ),
  'chocolate-de-mesa': () =>
    picture(
      { wall: '#e3c6a3', table: '#9a5f3c' },
      shadow(250, 512, 140, 14),
      turn(-9, 200, 340, chocolate(132, 226)),
      turn(
        7,
        300,
        330,
        chocolate(252, 216) +
          rect(246, 350, 108, 140, '#d9a441', 3) +
          rect(246, 384, 108, 54, '#f6e7c8') +
          circle(300, 411, 18, '#4b2a1d'),
      ),
      ellipse(96, 540, 40, 24, '#8c4a2b') +
        stroke('M62 536q34 -20 68 0M60 544q36 8 72 0', '#5f2f1b', 3),
    ),
  'cacao-nibs': () =>
    picture(
      { wall: '#cdd8c4', table: '#7d8f70' },
      shadow(240, 520, 118, 15),
      solid('M138 230q0 -26 26 -34h152q26 8 26 34v260q0 24 -24 24H162q-24 0 -24 -24Z', '#e7ece4', {
        from: 300,
        inside:
          rect(138, 300, 204, 220, '#5b3524') +
          times(46, (at) =>
            ellipse(
              146 + ((at * 53) % 196),
              306 + ((at * 37) % 200),
              9,
              6,
              at % 3 ? '#754730' : '#452618',
            ),
          ) +
          rect(168, 346, 144, 96, '#f3ead9', 4) +
          path('M240 360c34 8 34 60 0 70c-34 -10 -34 -62 0 -70Z', '#c4712f') +
          stroke('M240 362v66M226 368q-10 28 0 54M254 368q10 28 0 54', '#8c4a2b', 3),
      }),
      rect(152, 150, 176, 48, '#b98a5a', 8) + rect(152, 176, 176, 22, '#1d141022', 8),
      bean(386, 548, 30) + bean(94, 556, -20),
    ),
}
