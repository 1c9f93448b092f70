import {
  circle,
  cut,
  ellipse,
  path,
  picture,
  rect,
  ring,
  shadow,
  solid,
  stroke,
  times,
  turn,
  zigzag,
} from './shapes.mjs'

const CLAY = '#2b2827'

const chamba = () =>
  shadow(240, 520, 164, 17) +
  stroke('M92 350c-52 4 -46 74 6 74M388 350c52 4 46 74 -6 74', CLAY, 20) +
  solid('M82 322h316q6 196 -104 196H186Q76 518 82 322Z', CLAY, {
    from: 296,
    shade: 0.35,
    inside: path('M112 334q4 120 60 166q-74 -30 -78 -166Z', '#ffffff22'),
  }) +
  ellipse(240, 322, 160, 22, '#3b3735') +
  solid('M88 314q22 -82 152 -82t152 82q-152 40 -304 0Z', '#343130', { from: 296, shade: 0.3 }) +
  path('M140 280q30 -32 90 -32q-50 12 -70 40Z', '#ffffff22') +
  ellipse(240, 228, 26, 16, '#3b3735')

const mug = (x, y, scale, colour, glaze) =>
  `<g transform="translate(${x} ${y}) scale(${scale})">` +
  shadow(0, 0, 76, 12) +
  stroke('M62 -118c56 -10 56 76 0 76', colour, 18) +
  solid('M-70 -150h140v130q0 22 -22 22h-96q-22 0 -22 -22Z', colour, {
    from: 14,
    inside: path('M-72 -152h144v62q-22 24 -44 0t-46 8t-54 -6Z', glaze),
  }) +
  ellipse(0, -150, 70, 14, '#3b2418') +
  '</g>'

const enamel = (x, colour) =>
  shadow(x, 520, 88, 13) +
  stroke(`M${x + 72} 372c66 -8 66 96 0 92`, colour, 15) +
  solid(`M${x - 82} 330h164v170q0 20 -20 20h-124q-20 0 -20 -20Z`, colour, {
    from: x + 20,
    inside: [
      [-40, 380],
      [10, 420],
      [-56, 460],
      [44, 372],
      [50, 480],
      [-4, 350],
      [-10, 490],
    ]
      .map(([dx, y]) => circle(x + dx, y, 4, '#ffffffb0'))
      .join(''),
  }) +
  ellipse(x, 330, 82, 16, '#f5f1e8') +
  ellipse(x, 332, 72, 11, '#4a2a1b')

const plate = (y, colour, rim) =>
  ellipse(240, y + 12, 170, 34, '#1d141026') +
  ellipse(240, y, 174, 34, rim) +
  ellipse(240, y - 4, 172, 32, colour) +
  ellipse(240, y - 4, 110, 19, '#1d14100f')

const jug = () =>
  shadow(240, 524, 108, 14) +
  stroke('M312 258c98 -24 96 150 10 168', '#2a5d80', 20) +
  solid(
    'M168 196q-20 -26 -38 -28q24 -22 60 -22h118q-4 40 4 78c58 84 44 296 -30 298H198c-78 0 -92 -206 -34 -298Z',
    '#f4efe4',
    {
      from: 284,
      inside:
        times(3, (at) =>
          stroke(`M110 ${300 + at * 16}q130 30 270 0`, '#2a5d80', at === 1 ? 9 : 4),
        ) +
        times(
          5,
          (at) =>
            circle(150 + at * 46, 392, 15, '#2a5d80') + circle(150 + at * 46, 392, 6, '#f4efe4'),
        ) +
        times(3, (at) => stroke(`M110 ${440 + at * 16}q130 30 270 0`, '#2a5d80', at === 1 ? 9 : 4)),
    },
  ) +
  ellipse(236, 152, 66, 10, '#d9d2c2')

const board = () =>
  shadow(244, 528, 150, 14) +
  turn(
    -6,
    240,
    320,
    solid(
      'M120 190q0 -24 24 -24h70v-66q0 -26 26 -26t26 26v66h70q24 0 24 24v300q0 28 -28 28H148q-28 0 -28 -28Z',
      '#b57b47',
      {
        from: 310,
        shade: 0.08,
        inside: times(6, (at) =>
          stroke(
            `M${140 + at * 36} 60c${at % 2 ? 20 : -16} 160 ${at % 2 ? -18 : 22} 300 0 480`,
            '#8f5a2e',
            4,
          ),
        ),
      },
    ) + circle(240, 108, 12, '#e8ddcb'),
  ) +
  ellipse(386, 520, 34, 30, '#c4412d') +
  path('M380 494q6 -14 16 -14l-6 16Z', '#3d6b48')

const spoon = (x, degrees, wood, bowl) =>
  turn(
    degrees,
    x,
    520,
    rect(x - 9, 250, 18, 240, wood, 8) +
      ellipse(x, 226, bowl, bowl * 1.4, wood) +
      ellipse(x, 224, bowl * 0.66, bowl, '#1d141024'),
  )

const spoons = () =>
  spoon(196, -16, '#a9713f', 34) +
  spoon(240, 3, '#7d4a26', 28) +
  spoon(286, 18, '#c08d55', 38) +
  shadow(240, 526, 92, 13) +
  solid('M156 372h168l-12 136q-2 18 -20 18H188q-18 0 -20 -18Z', '#efe6d6', {
    from: 270,
    inside: rect(150, 430, 200, 26, '#b8452f'),
  })

const glass = (x, y, scale, tint) =>
  `<g transform="translate(${x} ${y}) scale(${scale})">` +
  shadow(0, 0, 56, 9) +
  solid('M-58 -190H58L44 -8q-2 10 -12 10h-64q-10 0 -12 -10Z', tint, {
    from: 16,
    inside:
      rect(-60, -120, 120, 130, '#e58a3c') +
      circle(-14, -94, 16, '#ffffff55') +
      circle(20, -70, 13, '#ffffff55') +
      rect(-60, -16, 120, 20, tint),
  }) +
  ellipse(0, -190, 58, 10, '#ffffff80') +
  '</g>'

const bowls = () =>
  shadow(240, 524, 150, 15) +
  solid('M100 396h280q0 126 -86 126H186Q100 522 100 396Z', '#b8452f', {
    from: 290,
    inside: stroke(zigzag(84, 440, 20, 24, 18), '#f3ead9', 6) + stroke('M80 466h320', '#f3ead9', 5),
  }) +
  ellipse(240, 396, 140, 22, '#8f2f20') +
  solid('M134 300h212q0 100 -60 100h-92q-60 0 -60 -100Z', '#d9a441', {
    from: 280,
    inside: times(8, (at) => circle(144 + at * 28, 338, 8, '#7a2e22')),
  }) +
  ellipse(240, 300, 106, 18, '#b9832b') +
  solid('M164 226h152q0 76 -44 76h-64q-44 0 -44 -76Z', '#2f6b66', {
    from: 268,
    inside: stroke('M150 256h190M150 270h190', '#f3ead9', 4),
  }) +
  ellipse(240, 226, 76, 13, '#214d49')

export const table = {
  'olla-la-chamba': () => picture({ wall: '#e6c3a0', table: '#b06f48' }, chamba()),
  'mug-raquira': () =>
    picture(
      { wall: '#d7dccb', table: '#9aa583' },
      mug(158, 470, 0.9, '#c07a52', '#2f5b66'),
      mug(306, 524, 1.15, '#d9c4a3', '#b8452f'),
    ),
  'pocillo-peltre': () =>
    picture(
      { wall: '#f0e2c0', table: '#d2b273' },
      enamel(150, '#2a5d80'),
      `<g transform="translate(46 30) scale(.95)">${enamel(310, '#b8352b')}</g>`,
    ),
  'platos-carmen-de-viboral': () =>
    picture(
      { wall: '#c9d8dc', table: '#e9e0cf', edge: 420 },
      cut(
        'M60 60h360v330H60Z',
        circle(240, 226, 156, '#f6f1e6') +
          ring(240, 226, 146, '#2a5d80', 7) +
          ring(240, 226, 96, '#2a5d8066', 3) +
          times(10, (at) =>
            turn(
              at * 36,
              240,
              226,
              ellipse(240, 106, 10, 16, at % 2 ? '#b8352b' : '#d99a2b') +
                path('M240 124q-18 6 -22 22q18 0 22 -22q4 22 22 22q-4 -16 -22 -22Z', '#3d6b48'),
            ),
          ) +
          times(6, (at) => turn(at * 60, 240, 226, ellipse(240, 200, 11, 20, '#2a5d80'))) +
          circle(240, 226, 12, '#d99a2b'),
      ),
      plate(520, '#f6f1e6', '#2a5d80') +
        plate(496, '#f6f1e6', '#2a5d80') +
        plate(472, '#f6f1e6', '#2a5d80'),
    ),
  'jarra-azul': () => picture({ wall: '#f2cf9a', table: '#cf8f4a' }, jug()),
  'tabla-nogal': () => picture({ wall: '#e8ddcb', table: '#a8b59a', edge: 460 }, board()),
  'cucharas-de-palo': () => picture({ wall: '#b9cbc4', table: '#6f9186' }, spoons()),
  'vasos-soplados': () =>
    picture(
      { wall: '#f3dcd0', table: '#d99f88' },
      glass(156, 484, 1, '#a9cdb9'),
      glass(318, 478, 0.94, '#9fc2d6'),
      glass(240, 546, 1.24, '#bcd7c4'),
    ),
  'cuencos-pintados': () => picture({ wall: '#d9cfe0', table: '#8d7a99' }, bowls()),
}
