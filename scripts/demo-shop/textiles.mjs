import {
  circle,
  cut,
  ellipse,
  path,
  picture,
  rect,
  shadow,
  solid,
  stroke,
  times,
  turn,
  zigzag,
} from './shapes.mjs'

/** Rows of diamonds, as on a Wayuu bag. */
const diamonds = (x, y, count, width, height, fill, core) =>
  times(count, (at) => {
    const cx = x + at * width
    const diamond = (w, h, colour) =>
      path(`M${cx} ${y - h}l${w} ${h}l${-w} ${h}l${-w} ${-h}Z`, colour)
    return diamond(width / 2, height, fill) + diamond(width / 4, height / 2, core)
  })

const tassel = (x, y, colour, length = 70) =>
  circle(x, y, 11, colour) +
  path(`M${x - 10} ${y + 6}h20l6 ${length}h-32Z`, colour) +
  stroke(`M${x - 5} ${y + 14}v${length - 14}M${x + 5} ${y + 14}v${length - 14}`, '#1d141030', 2)

const wayuu = () =>
  stroke('M150 270C120 60 360 60 330 270', '#b8352b', 22, 'butt') +
  stroke('M150 270C120 60 360 60 330 270', '#f0c14b', 5, 'butt') +
  shadow(240, 530, 118, 13) +
  solid('M124 262h232l16 170q4 98 -82 98h-100q-86 0 -82 -98Z', '#b8352b', {
    from: 290,
    inside:
      rect(100, 262, 300, 26, '#f0c14b') +
      diamonds(132, 348, 6, 54, 46, '#f3ead9', '#1f6b72') +
      rect(100, 402, 300, 12, '#f0c14b') +
      stroke(zigzag(90, 450, 22, 30, 14), '#1f6b72', 14) +
      rect(100, 476, 300, 10, '#f3ead9'),
  }) +
  ellipse(240, 262, 116, 14, '#7d211a') +
  tassel(196, 306, '#1f6b72') +
  tassel(222, 316, '#f0c14b')

const arhuaca = () =>
  stroke('M158 250C140 40 340 40 322 250', '#efe6d6', 20, 'butt') +
  stroke('M158 250C140 40 340 40 322 250', '#5b3a28', 4, 'butt') +
  shadow(240, 530, 104, 13) +
  solid('M132 244h216l10 200q2 86 -70 86h-96q-72 0 -70 -86Z', '#efe6d6', {
    from: 290,
    inside:
      times(4, (at) =>
        stroke(zigzag(100, 310 + at * 58, 30, 30, 10), at % 2 ? '#8a5f43' : '#3f2a20', 11, 'butt'),
      ) + times(4, (at) => rect(100, 326 + at * 58, 300, 6, '#8a5f43')),
  }) +
  ellipse(240, 244, 108, 13, '#c9bda8')

const hammock = () => {
  const sag = (drop, colour, width) => stroke(`M74 196Q240 ${drop} 406 196`, colour, width, 'butt')
  const bands = [
    '#c4412d',
    '#e8a33d',
    '#f6efe2',
    '#1f6b72',
    '#c4412d',
    '#f6efe2',
    '#e8a33d',
    '#2f5b47',
    '#c4412d',
  ]
  return (
    rect(40, 90, 22, 450, '#7d4a26') +
    rect(418, 90, 22, 450, '#7d4a26') +
    path('M74 196Q240 700 406 196Q240 470 74 196Z', '#1d141014') +
    times(9, (at) => sag(356 + at * 36, bands[at], 20)) +
    times(7, (at) =>
      stroke(
        `M51 150L${84 + at * 5} ${214 + at * 13}M429 150L${396 - at * 5} ${214 + at * 13}`,
        '#efe6d6',
        3,
      ),
    ) +
    stroke('M84 220Q240 700 396 220', '#efe6d6', 5) +
    times(11, (at) => {
      const t = (at + 1) / 12
      const x = 84 * (1 - t) ** 2 + 480 * t * (1 - t) + 396 * t ** 2
      const y = 220 * (1 - t) ** 2 + 1400 * t * (1 - t) + 220 * t ** 2
      return stroke(`M${Math.round(x)} ${Math.round(y)}v26`, '#efe6d6', 6)
    })
  )
}

const ruana = () =>
  stroke('M240 66q-26 -30 0 -42t22 24q-2 12 -22 24v24', '#3a3634', 7) +
  stroke('M112 150L240 92l128 58', '#8a5a34', 14) +
  solid('M196 116q44 30 88 0l122 66 26 330H48l26 -330Z', '#6d5a78', {
    from: 300,
    shade: 0.1,
    inside:
      times(5, (at) => rect(84 + at * 22, 80, at === 2 ? 10 : 5, 460, '#e7d3b4')) +
      times(5, (at) => rect(306 + at * 22, 80, at === 2 ? 10 : 5, 460, '#e7d3b4')) +
      path('M240 128l-10 400h20Z', '#1d141026') +
      rect(20, 486, 440, 8, '#e7d3b4'),
  }) +
  times(29, (at) => stroke(`M${54 + at * 13.2} 512v26`, at % 2 ? '#6d5a78' : '#e7d3b4', 4))

const cushion = () =>
  shadow(240, 514, 176, 15) +
  solid(
    'M88 196q-14 -30 14 -30q138 -26 276 0q28 0 14 30q-22 138 0 276q14 32 -14 32q-138 22 -276 0q-28 0 -14 -32q22 -138 0 -276Z',
    '#e0a43b',
    {
      from: 300,
      shade: 0.1,
      inside:
        times(3, (row) =>
          diamonds(
            132 + 0,
            250 + row * 88,
            4,
            74,
            38,
            row % 2 ? '#7a2e22' : '#f6efe2',
            row % 2 ? '#e0a43b' : '#7a2e22',
          ),
        ) +
        stroke(zigzag(70, 212, 18, 14, 22), '#7a2e22', 5) +
        stroke(zigzag(70, 480, 18, 14, 22), '#7a2e22', 5),
    },
  ) +
  [
    [96, 168],
    [384, 168],
    [96, 500],
    [384, 500],
  ]
    .map(([x, y]) => circle(x, y, 14, '#7a2e22'))
    .join('')

const throwBlanket = () =>
  shadow(240, 530, 168, 15) +
  rect(70, 300, 20, 232, '#7d4a26', 4) +
  rect(390, 300, 20, 232, '#7d4a26', 4) +
  rect(54, 290, 372, 24, '#8f5a2e', 8) +
  solid('M112 286h256l10 196H102Z', '#3f6a5c', {
    from: 330,
    shade: 0.08,
    inside:
      times(6, (at) => rect(116 + at * 44, 270, 14, 230, '#2c4d43')) +
      times(5, (at) => rect(90, 306 + at * 40, 300, 12, '#2c4d4399')) +
      times(3, (at) => rect(90, 326 + at * 80, 300, 4, '#e8a33d')) +
      times(3, (at) => rect(142 + at * 88, 270, 4, 230, '#e8a33d')),
  }) +
  path('M112 286q128 -30 256 0v14H112Z', '#4d7d6d') +
  times(21, (at) => stroke(`M${106 + at * 13.3} 482v22`, '#3f6a5c', 5))

const runner = () =>
  path('M20 440L120 250h250l90 190Z', '#b57b47') +
  path('M20 440h440v26H20Z', '#8f5a2e') +
  rect(54, 466, 22, 134, '#8f5a2e') +
  rect(404, 466, 22, 134, '#8f5a2e') +
  solid('M208 250h72l30 190v104H176V440Z', '#f3ead9', {
    from: 480,
    inside:
      stroke('M192 440l22 -190M294 440l-20 -190M190 440v104M296 440v104', '#b8352b', 7, 'butt') +
      times(3, (at) =>
        path(`M243 ${300 + at * 60}l14 16l-14 16l-14 -16Z`, at % 2 ? '#1f6b72' : '#e0a43b'),
      ) +
      stroke(zigzag(176, 520, 11, 14, 13), '#1f6b72', 5) +
      rect(170, 530, 150, 8, '#b8352b'),
  }) +
  path('M176 440h134v4H176Z', '#1d141026') +
  times(11, (at) => stroke(`M${180 + at * 12.6} 544v22`, '#d9c9ab', 4)) +
  solid('M222 236q-20 -48 20 -48t20 48q0 14 -20 14t-20 -14Z', '#2f6b66', { from: 250 }) +
  turn(-14, 242, 190, stroke('M242 190v-84', '#5d4a2c', 4)) +
  turn(12, 242, 190, stroke('M242 190v-92', '#5d4a2c', 4)) +
  circle(222, 104, 15, '#e0a43b') +
  circle(262, 98, 17, '#c4412d')

const towels = () => {
  const towel = (x, length, colour, band) =>
    solid(`M${x} 128h104v${length}h-104Z`, colour, {
      from: x + 78,
      shade: 0.07,
      inside:
        times(3, (at) => rect(x, 128 + length - 90 + at * 20, 104, at === 1 ? 12 : 5, band)) +
        times(2, (at) => rect(x, 170 + at * 14, 104, 4, band)),
    }) + times(9, (at) => stroke(`M${x + 5 + at * 11.8} ${128 + length}v14`, colour, 4))
  return (
    rect(36, 112, 408, 16, '#8f5a2e', 8) +
    circle(48, 120, 15, '#7d4a26') +
    circle(432, 120, 15, '#7d4a26') +
    towel(72, 330, '#f3ead9', '#b8352b') +
    towel(188, 370, '#d9a441', '#f6efe2') +
    towel(304, 310, '#f3ead9', '#1f6b72')
  )
}

export const textiles = {
  'mochila-wayuu': () => picture({ wall: '#cfe0dc', table: '#e3c690', edge: 440 }, wayuu()),
  'mochila-arhuaca': () => picture({ wall: '#b9c4b0', table: '#7d8b72', edge: 440 }, arhuaca()),
  'hamaca-san-jacinto': () =>
    picture(
      { wall: '#cfe3e3', table: '#9db88a', edge: 470 },
      circle(370, 110, 44, '#f6d98f'),
      hammock(),
    ),
  'ruana-de-lana': () => picture({ wall: '#e4dbe0' }, ruana()),
  'cojin-bordado': () => picture({ wall: '#d9e0d0', table: '#5f7d72', edge: 440 }, cushion()),
  'manta-de-lana': () => picture({ wall: '#ecdcc4', table: '#c2a27a', edge: 500 }, throwBlanket()),
  'camino-de-mesa': () => picture({ wall: '#f0cdb4' }, runner()),
  'panos-de-cocina': () =>
    picture(
      { wall: '#c6d4d8' },
      cut(
        'M0 0h480v600H0Z',
        times(7, (row) =>
          times(6, (at) => rect(at * 84 - (row % 2) * 42, row * 90, 78, 84, '#ffffff38', 4)),
        ),
      ),
      towels(),
    ),
}
