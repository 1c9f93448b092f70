import {
  bean,
  circle,
  cup,
  ellipse,
  path,
  picture,
  rect,
  shadow,
  solid,
  stroke,
  times,
} from './shapes.mjs'

const GLASS = '#dfe9e8'
const STEEL = '#c3c9cc'

const dripper = () =>
  shadow(232, 524, 120, 15) +
  solid('M150 344h164q10 60 30 104t-26 72H146q-46 -24 -26 -72t30 -104Z', GLASS, {
    from: 290,
    inside: rect(100, 436, 300, 120, '#5b3524') + ellipse(232, 436, 118, 12, '#7a4c37'),
  }) +
  stroke('M330 388c62 -14 76 70 14 78', '#b98a5a', 16) +
  rect(138, 330, 188, 22, '#b98a5a', 8) +
  solid('M108 196h248l-78 124h-92Z', '#f7f2e8', { from: 270 }) +
  times(6, (at) => stroke(`M${140 + at * 38} 204l${36 - at * 14} 108`, '#1d141018', 4)) +
  rect(96, 184, 272, 18, '#f7f2e8', 9) +
  rect(164, 314, 136, 18, '#e9e1d2', 9) +
  path('M132 184l22 -30h160l22 30Z', '#d8b98c')

const press = () =>
  shadow(236, 524, 116, 15) +
  stroke('M326 264h44q22 0 22 24v130q0 26 -24 26h-42', '#2c2a29', 18) +
  solid('M142 226h188v290H142Z', GLASS, {
    from: 280,
    inside: rect(142, 330, 188, 190, '#4a2a1b') + rect(142, 330, 188, 14, '#8a5c41'),
  }) +
  times(3, (at) => rect(136, 246 + at * 110, 200, 10, STEEL)) +
  rect(134, 508, 204, 16, '#2c2a29', 6) +
  solid('M132 200h208q0 26 -14 26H146q-14 0 -14 -26Z', STEEL, { from: 280 }) +
  path('M132 200q20 -34 104 -34t104 34Z', '#d5dadd') +
  rect(231, 92, 10, 78, STEEL) +
  circle(236, 84, 20, '#2c2a29')

const moka = () =>
  shadow(238, 524, 112, 15) +
  stroke('M318 252h58q16 0 14 18l-22 84', '#232020', 22) +
  solid('M172 374h134l34 146H138Z', '#b7bec2', { from: 254 }) +
  path('M220 374h38l6 146h-50Z', '#ffffff3d') +
  rect(158, 350, 162, 28, '#8f979c', 6) +
  solid('M146 228h186l-22 122H168Z', '#c9cfd2', { from: 254 }) +
  path('M216 228h44l-6 122h-32Z', '#ffffff3d') +
  path('M146 228l-34 18 40 30Z', '#b7bec2') +
  path('M150 226l54 -36h70l58 36Z', '#d9dee0') +
  rect(222, 158, 34, 34, '#232020', 10)

const mill = () =>
  shadow(236, 528, 110, 14) +
  solid('M140 344h192l16 164q2 18 -16 18H140q-18 0 -16 -18Z', '#9c6238', {
    from: 270,
    inside: times(7, (at) => stroke(`M118 ${362 + at * 26}q110 -14 240 0`, '#7d4a26', 3)),
  }) +
  rect(176, 420, 120, 74, '#b47a4b', 4) +
  circle(236, 456, 9, '#d9b46a') +
  solid('M152 342q6 -92 84 -92t84 92Z', '#c08a3c', { from: 262 }) +
  rect(150, 330, 172, 18, '#a8742b', 6) +
  rect(229, 190, 14, 66, '#3a3634') +
  stroke('M236 196q70 -22 120 6', '#3a3634', 12) +
  circle(362, 192, 20, '#7d4a26') +
  rect(355, 194, 12, 30, '#3a3634')

const kettle = () =>
  shadow(262, 524, 128, 15) +
  stroke('M168 438c-54 -10 -40 -98 -72 -146q-12 -18 -34 -12', '#2f6b66', 22) +
  stroke('M330 268c88 -22 96 130 22 182', '#7a4c2c', 18) +
  solid('M190 276h146l38 210q4 34 -30 34H182q-34 0 -30 -34Z', '#2f6b66', {
    from: 300,
    inside: path('M204 276l-28 244h24l22 -244Z', '#ffffff2b'),
  }) +
  ellipse(263, 276, 74, 14, '#255550') +
  path('M196 268q14 -34 67 -34t67 34Z', '#3a807a') +
  circle(263, 224, 14, '#7a4c2c')

const sock = () =>
  shadow(230, 530, 96, 12) +
  rect(120, 120, 16, 410, '#8a5a34') +
  rect(88, 514, 210, 18, '#8a5a34', 4) +
  stroke('M128 156h190', '#6f7376', 9) +
  ellipse(238, 168, 84, 16, '#6f7376') +
  ellipse(238, 168, 74, 11, '#4a2a1b') +
  solid('M158 170q80 24 160 0l-44 148q-36 34 -70 0Z', '#efe3c8', {
    from: 260,
    inside: path('M186 260q50 30 106 0l-20 90h-80Z', '#a3754b'),
  }) +
  stroke('M238 336v40', '#5b3524', 6) +
  cup(238, 512, '#c4512f')

const scale = () =>
  shadow(240, 486, 170, 15) +
  solid('M84 410h312l22 62q0 14 -16 14H78q-16 0 -16 -14Z', '#2b2d2f', { from: 300 }) +
  path('M104 396h272l20 18H84Z', '#45494c') +
  rect(186, 430, 108, 34, '#10201c', 5) +
  `<g fill="#8fe0c0">${times(4, (at) => rect(200 + at * 22, 438, 12, 18, '#8fe0c0', 2))}</g>` +
  circle(126, 448, 12, '#5d6367') +
  circle(354, 448, 12, '#5d6367') +
  solid('M170 232h140l-10 156q-60 20 -120 0Z', '#f3ead9', {
    from: 266,
    inside: rect(150, 300, 200, 100, '#e4d6bd'),
  }) +
  ellipse(240, 232, 70, 14, '#5b3524') +
  bean(218, 230, 20, '#754730') +
  bean(252, 232, -30, '#754730') +
  bean(276, 229, 60, '#754730')

const flask = () =>
  shadow(240, 528, 84, 13) +
  solid('M174 216q0 -26 26 -32h80q26 6 26 32v280q0 30 -30 30h-72q-30 0 -30 -30Z', '#b8452f', {
    from: 264,
    inside:
      rect(160, 300, 170, 18, '#f3ead9') +
      stroke('M160 360l24 -22 24 22 24 -22 24 22 24 -22 24 22', '#f3ead9', 7, 'butt') +
      rect(160, 380, 170, 18, '#f3ead9'),
  }) +
  rect(196, 112, 88, 76, '#3a3634', 10) +
  rect(196, 166, 88, 22, '#1d141044') +
  stroke('M198 130c-40 0 -40 44 0 44', '#3a3634', 10)

export const brewing = {
  'v60-ceramica': () =>
    picture(
      { wall: '#e8ddcb', table: '#c6a47c' },
      dripper(),
      bean(404, 540, 20) + bean(76, 548, -30),
    ),
  'prensa-francesa': () =>
    picture({ wall: '#c9d6cf', table: '#8aa399' }, press(), cup(84, 556, '#f6efe2')),
  'greca-moka': () =>
    picture({ wall: '#efc6a6', table: '#c07a52' }, moka(), cup(408, 560, '#fbf1e2')),
  'molino-manual': () =>
    picture(
      { wall: '#d8ddc6', table: '#7f8a63' },
      mill(),
      bean(84, 548, 30) + bean(410, 546, 0) + bean(386, 566, 60),
    ),
  'tetera-cuello-de-ganso': () =>
    picture({ wall: '#f1d9a8', table: '#d9ac5c' }, kettle(), cup(410, 560, '#f6efe2')),
  'colador-de-tela': () =>
    picture(
      { wall: '#dcd5e0', table: '#a796ad' },
      sock(),
      bean(380, 540, 20) + bean(352, 556, -40),
    ),
  'balanza-barista': () =>
    picture({ wall: '#d5dadb', table: '#a9b2b4' }, scale(), bean(92, 548, 10) + bean(396, 552, 60)),
  'termo-montana': () =>
    picture(
      { wall: '#bcd3cb', table: '#5f8b7d' },
      path('M0 400L110 230l80 96 70 -70 120 144Z', '#9dbcb1'),
      path('M220 400l130 -150 130 120v30Z', '#8aaea1'),
      flask(),
    ),
}
