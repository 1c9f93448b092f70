import {
  circle,
  ellipse,
  leaf,
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

const candle = () =>
  shadow(240, 522, 104, 14) +
  path('M240 176q26 34 0 62q-26 -28 0 -62Z', '#f0a63c') +
  path('M240 200q12 18 0 34q-12 -16 0 -34Z', '#fff0c4') +
  rect(237, 234, 6, 34, '#3a2a20') +
  solid('M140 270q100 26 200 0v226q-10 26 -40 26H180q-30 0 -40 -26Z', '#8c5a3c', {
    from: 284,
    inside:
      rect(140, 350, 200, 96, '#f3ead9') +
      leaf(196, 412, -34, 80, '#3d6b48') +
      rect(140, 350, 200, 5, '#1d141022') +
      rect(140, 441, 200, 5, '#1d141022'),
  }) +
  ellipse(240, 270, 100, 20, '#f6e8cd') +
  ellipse(240, 274, 84, 13, '#ead6b0')

const soaps = () =>
  shadow(240, 520, 176, 15) +
  rect(70, 486, 340, 30, '#a8713f', 8) +
  times(5, (at) => rect(98 + at * 62, 486, 12, 30, '#7d4a26')) +
  solid('M108 392h264q14 0 14 14v70q0 12 -14 12H108q-14 0 -14 -12v-70q0 -14 14 -14Z', '#8fae7e', {
    from: 320,
    inside: times(9, (at) => circle(120 + at * 30, 424 + (at % 3) * 18, 4, '#5d7f52')),
  }) +
  solid('M128 300h224q14 0 14 14v66q0 12 -14 12H128q-14 0 -14 -12v-66q0 -14 14 -14Z', '#e2a58c', {
    from: 310,
    inside: stroke('M110 350q40 -30 80 0t80 0t110 0', '#c47c60', 9),
  }) +
  solid('M150 214h180q14 0 14 14v62q0 12 -14 12H150q-14 0 -14 -12v-62q0 -14 14 -14Z', '#5b4034', {
    from: 300,
    inside: times(12, (at) =>
      circle(150 + ((at * 47) % 180), 226 + ((at * 29) % 64), 4, '#8a6a58'),
    ),
  }) +
  stroke('M240 214v-34q-34 -4 -32 -26q30 -4 32 24q2 -30 34 -26q2 24 -34 28', '#d9b46a', 5)

const planter = () =>
  shadow(240, 524, 110, 14) +
  leaf(238, 350, -150, 170, '#2f5b47') +
  leaf(242, 350, -30, 170, '#3d6b48') +
  leaf(238, 350, -118, 210, '#4f8058') +
  leaf(242, 350, -62, 214, '#2f5b47') +
  leaf(240, 350, -90, 246, '#3d7a55') +
  leaf(238, 352, -172, 120, '#5b946a') +
  leaf(242, 352, -8, 120, '#5b946a') +
  solid('M128 340h224l-26 164q-2 20 -22 20H176q-20 0 -22 -20Z', '#c4714a', {
    from: 286,
    inside:
      stroke('M120 420q20 -26 40 0t40 0t40 0t40 0t40 0t40 0', '#f3dcc4', 7) +
      rect(120, 446, 240, 7, '#f3dcc4'),
  }) +
  rect(116, 326, 248, 34, '#d4835a', 8) +
  rect(290, 326, 74, 34, '#1d141020', 8)

const flower = (x, y, r, petal, heart) =>
  times(8, (at) => turn(at * 45, x, y, ellipse(x, y - r * 0.62, r * 0.26, r * 0.42, petal))) +
  circle(x, y, r * 0.3, heart)

const vase = () =>
  stroke(
    'M240 330L176 150M240 330L248 110M240 330L322 168M240 330L140 236M240 330L346 250',
    '#4f7a4c',
    6,
  ) +
  leaf(210, 250, -160, 70, '#4f8058') +
  leaf(268, 262, -30, 80, '#3d6b48') +
  flower(176, 146, 52, '#f6efe2', '#d99a2b') +
  flower(250, 104, 60, '#c4412d', '#f0c14b') +
  flower(326, 162, 50, '#e8a33d', '#7a2e22') +
  flower(134, 236, 40, '#d98ba0', '#f6efe2') +
  flower(350, 248, 42, '#f6efe2', '#c4512f') +
  shadow(240, 526, 96, 13) +
  solid(
    'M204 300h72q-2 50 34 84c70 66 34 142 -18 142h-104c-52 0 -88 -76 -18 -142q36 -34 34 -84Z',
    '#3b342f',
    { from: 280, shade: 0.4, inside: path('M176 400q-26 50 4 96q-44 -40 -4 -96Z', '#ffffff33') },
  ) +
  ellipse(240, 300, 36, 8, '#1f1b18')

const stool = () =>
  shadow(240, 536, 150, 13) +
  path('M126 330l-40 204h30l46 -204ZM354 330l40 204h-30l-46 -204Z', '#8a4f2b') +
  path('M192 330l-14 196h24l14 -196ZM288 330l14 196h-24l-14 -196Z', '#6d3d20') +
  rect(116, 430, 250, 14, '#6d3d20', 6) +
  solid('M84 282q156 -44 312 0q22 34 0 62q-156 36 -312 0q-22 -28 0 -62Z', '#b5713f', {
    from: 310,
    inside:
      times(6, (at) =>
        path(`M${112 + at * 52} 290l20 22l-20 22l-20 -22Z`, at % 2 ? '#f0c14b' : '#2f6b66'),
      ) + stroke('M70 352q170 40 340 0', '#7d4a26', 6),
  }) +
  path('M84 282q156 -44 312 0q-156 44 -312 0Z', '#cf8a52')

const mirror = () =>
  times(24, (at) =>
    turn(at * 15, 240, 300, path('M228 128h24l-6 -62h-12Z', at % 2 ? '#d9a441' : '#b57b2f')),
  ) +
  circle(246, 308, 178, '#1d141014') +
  circle(240, 300, 176, '#c99a5a') +
  times(3, (at) => ring(240, 300, 168 - at * 14, '#a8763c', 4)) +
  circle(240, 300, 128, '#dfe9ea') +
  path('M150 392L330 208A128 128 0 0 1 358 252L198 421A128 128 0 0 1 150 392Z', '#ffffff8c') +
  ring(240, 300, 128, '#8a5f2b', 6)

const toucan = () =>
  shadow(236, 528, 118, 13) +
  rect(120, 492, 236, 34, '#8f5a2e', 10) +
  path('M276 470l84 60h-52l-66 -46Z', '#26323a') +
  solid(
    'M176 236q0 -96 76 -96t76 100q0 90 -6 142q-14 86 -86 86t-84 -92q-2 -80 24 -140Z',
    '#26323a',
    {
      from: 290,
      shade: 0.3,
      inside:
        path('M160 270q60 -40 96 30q20 70 -50 110q-50 -40 -46 -140Z', '#f4e3b2') +
        path('M190 410q40 30 90 0l-10 40q-40 20 -70 0Z', '#c4412d'),
    },
  ) +
  path('M190 206q-120 -20 -150 66q40 -16 150 -8q16 -26 0 -58Z', '#e8a33d') +
  path('M40 272q40 -16 150 -8l2 -12q-100 -8 -152 20Z', '#b8352b') +
  path('M40 272q6 -22 22 -38l6 28Z', '#26211e') +
  circle(226, 204, 22, '#5fa39b') +
  circle(226, 204, 11, '#141414') +
  circle(222, 200, 4, '#fff') +
  stroke('M216 466v28M256 466v28', '#e8a33d', 9) +
  stroke('M296 260q20 80 -20 150', '#3f5560', 7) +
  stroke('M272 280q14 60 -14 120', '#3f5560', 6)

const hanging = () =>
  stroke('M240 0v96M240 96L150 330M240 96L330 330M240 96v234', '#e9dcc0', 6) +
  circle(240, 98, 14, '#b98a5a') +
  leaf(190, 340, -140, 110, '#4f8058') +
  leaf(290, 340, -40, 110, '#3d6b48') +
  leaf(236, 330, -104, 120, '#3d7a55') +
  leaf(250, 330, -72, 110, '#5b946a') +
  solid('M136 328h208q0 126 -70 126h-68q-70 0 -70 -126Z', '#f3ead9', {
    from: 284,
    inside: stroke(zigzagBand(), '#2f6b66', 8) + rect(130, 340, 220, 8, '#c4512f'),
  }) +
  [
    [150, 346, 1],
    [330, 346, -1],
    [180, 342, 1],
    [300, 342, -1],
  ]
    .map(
      ([x, y, way], at) =>
        stroke(`M${x} ${y}q${-26 * way} 60 ${-6 * way} ${120 + at * 16}`, '#4f8058', 4) +
        times(4, (one) =>
          leaf(
            x - 14 * way,
            y + 40 + one * 30,
            one % 2 ? 150 : 30,
            30,
            one % 2 ? '#3d6b48' : '#5b946a',
          ),
        ),
    )
    .join('') +
  stroke('M136 330L206 452M344 330L274 452M240 330v124M206 452L240 500L274 452', '#e9dcc0', 5) +
  circle(240, 500, 12, '#b98a5a') +
  times(5, (at) => stroke(`M240 508l${(at - 2) * 9} 66`, '#e9dcc0', 4))

const zigzagBand = () => `M130 400${times(10, (at) => `l22 ${at % 2 ? 26 : -26}`)}`

export const home = {
  'vela-de-cera': () =>
    picture(
      { wall: '#3f4f49', table: '#2c3a35' },
      circle(240, 220, 120, '#f0a63c14'),
      circle(240, 220, 76, '#f0a63c1f'),
      candle(),
    ),
  'jabones-de-planta': () => picture({ wall: '#f3e4d4', table: '#d8bfa3' }, soaps()),
  'matera-de-barro': () => picture({ wall: '#f0d9b0', table: '#d3ae6e' }, planter()),
  'florero-barro-negro': () => picture({ wall: '#c8d9d3', table: '#93b0a7' }, vase()),
  'butaca-tallada': () => picture({ wall: '#e2d6c6', table: '#c5ab8b', edge: 470 }, stool()),
  'espejo-de-sol': () => picture({ wall: '#b5604a' }, mirror()),
  'tucan-tallado': () =>
    picture(
      { wall: '#cfe0c3', table: '#97b583' },
      leaf(470, 120, 160, 200, '#a9c79b'),
      leaf(480, 260, 172, 180, '#b7d1ab'),
      toucan(),
    ),
  'matera-colgante': () => picture({ wall: '#a9c0c4' }, hanging()),
}
