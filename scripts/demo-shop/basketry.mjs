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
  zigzag,
} from './shapes.mjs'

const STRAW = '#dcb878'

/** Woven courses over an area from `y` down. */
const courses = (y, count, step, colour, width = 2) =>
  times(count, (at) => stroke(`M40 ${y + at * step}q200 30 400 0`, colour, width))

const werregue = () =>
  shadow(240, 526, 120, 15) +
  solid(
    'M196 150q44 14 88 0q-6 40 28 84q86 110 20 240q-22 52 -56 52h-72q-34 0 -56 -52q-66 -130 20 -240q34 -44 28 -84Z',
    '#ead3a4',
    {
      from: 296,
      inside:
        stroke(zigzag(90, 310, 26, 44, 14), '#2b2522', 16) +
        stroke(zigzag(90, 356, 26, 44, 14), '#b8452f', 16) +
        stroke(zigzag(90, 402, 26, 44, 14), '#2b2522', 16) +
        rect(90, 218, 300, 12, '#2b2522') +
        rect(90, 452, 300, 14, '#b8452f') +
        courses(150, 34, 11, '#8a6a3820'),
    },
  ) +
  ellipse(240, 152, 44, 9, '#8a6a38')

const iraca = () =>
  shadow(240, 524, 152, 16) +
  solid('M100 300h280l-18 190q-6 32 -40 32H158q-34 0 -40 -32Z', STRAW, {
    from: 300,
    inside:
      times(17, (at) => rect(96 + at * 17, 300, 8, 230, at % 2 ? '#c4512f' : '#dcb878')) +
      courses(312, 16, 14, '#8a6a3866', 3) +
      rect(90, 380, 300, 44, '#2f6b66') +
      stroke(zigzag(90, 412, 17, 20, 18), '#f0dcae', 6),
  }) +
  solid('M84 264h312v40q-156 30 -312 0Z', '#c4512f', { from: 300 }) +
  ellipse(240, 264, 156, 30, '#d96a45') +
  times(
    4,
    (at) =>
      `<ellipse cx="240" cy="${262 - at}" rx="${124 - at * 32}" ry="${23 - at * 6}" fill="none" stroke="#f0dcae" stroke-width="6"/>`,
  ) +
  ellipse(240, 244, 20, 16, '#f0dcae')

const fruitBowl = () =>
  shadow(240, 520, 170, 16) +
  circle(170, 330, 52, '#e8a33d') +
  circle(254, 312, 58, '#c4412d') +
  circle(326, 340, 46, '#8fa845') +
  path('M250 258q10 -30 34 -32q-4 26 -34 32Z', '#3d6b48') +
  path('M96 360q10 -90 60 -120q-20 60 20 130Z', '#f0c93f') +
  circle(170, 330, 52, '#00000010') +
  circle(152, 312, 9, '#ffffff55') +
  circle(236, 290, 10, '#ffffff4d') +
  solid('M64 352h352q-10 166 -108 166H172Q74 518 64 352Z', '#e3c48b', {
    from: 310,
    inside:
      times(13, (at) => stroke(`M${70 + at * 29} 340L${150 + at * 15} 530`, '#8a6a3855', 4)) +
      stroke(zigzag(50, 420, 24, 30, 17), '#7a2e22', 12) +
      stroke(zigzag(50, 450, 24, 30, 17), '#2f5b47', 12) +
      courses(370, 12, 14, '#8a6a3833', 3),
  }) +
  stroke('M64 352h352', '#b98f4d', 16)

const hat = () =>
  shadow(240, 486, 196, 18) +
  path('M40 458q0 -42 104 -66h192q104 24 104 66q-10 34 -200 34T40 458Z', '#f0e2c2') +
  times(
    4,
    (at) =>
      `<path d="M${58 + at * 18} ${456 - at * 3}q0 -30 100 -50M${422 - at * 18} ${456 - at * 3}q0 -30 -100 -50" fill="none" stroke="#2b2522" stroke-width="6"/>`,
  ) +
  path('M40 458q0 -10 8 -20q60 36 192 36t192 -36q8 10 8 20q-10 34 -200 34T40 458Z', '#2b2522') +
  solid(
    'M138 400q-4 -190 54 -196q24 0 48 16q24 -16 48 -16q58 6 54 196q-102 44 -204 0Z',
    '#f0e2c2',
    {
      from: 292,
      inside:
        stroke('M120 250q120 40 240 0', '#2b2522', 11) +
        stroke('M120 280q120 40 240 0', '#2b2522', 5) +
        stroke(zigzag(110, 330, 18, 20, 16), '#2b2522', 7) +
        stroke('M120 352q120 46 240 0', '#2b2522', 8) +
        stroke('M110 392q130 50 260 0', '#2b2522', 26),
    },
  )

const lamp = () =>
  rect(237, 0, 6, 170, '#3a3634') +
  rect(222, 160, 36, 26, '#3a3634', 6) +
  path('M100 410L10 600h460L380 410Z', '#fff3cf66') +
  circle(240, 412, 24, '#fffbe9') +
  solid('M214 184h52c104 30 126 130 118 224q-144 44 -288 0C88 314 110 214 214 184Z', '#cf9f5b', {
    from: 310,
    inside:
      times(13, (at) => stroke(`M240 180Q${60 + at * 30} 260 ${72 + at * 28} 420`, '#8a5f2b', 4)) +
      times(7, (at) =>
        stroke(
          `M60 ${220 + at * 30}q180 44 360 0`,
          at % 3 === 1 ? '#7a2e22' : '#a8763c',
          at % 3 === 1 ? 12 : 5,
        ),
      ),
  })

const guacamayas = () =>
  circle(246, 306, 204, '#1d141018') +
  circle(240, 296, 204, '#e3c48b') +
  times(9, (at) => ring(240, 296, 192 - at * 21, '#b98f4d', 3)) +
  times(12, (at) =>
    turn(
      at * 30,
      240,
      296,
      path('M240 104l26 52l-26 46l-26 -46Z', at % 2 ? '#c4412d' : '#2b2522') +
        path('M240 128l12 28l-12 20l-12 -20Z', '#e3c48b'),
    ),
  ) +
  times(8, (at) => turn(at * 45, 240, 296, path('M240 206l18 40l-18 30l-18 -30Z', '#2f6b66'))) +
  circle(240, 296, 22, '#c4412d') +
  ring(240, 296, 201, '#c79a55', 9)

const placemat = (cx, cy, r, colours) =>
  ellipse(cx, cy + 10, r, r * 0.42, '#1d141026') +
  colours
    .map((fill, at) =>
      ellipse(cx, cy, r - at * (r / colours.length), (r - at * (r / colours.length)) * 0.42, fill),
    )
    .join('')

const placemats = () =>
  placemat(240, 476, 190, ['#2f6b66', '#e3c48b', '#2f6b66', '#e3c48b', '#2f6b66', '#e3c48b']) +
  placemat(240, 420, 190, ['#c4512f', '#e3c48b', '#c4512f', '#e3c48b', '#c4512f', '#e3c48b']) +
  placemat(240, 364, 190, ['#d99a2b', '#f3e3c0', '#d99a2b', '#f3e3c0', '#d99a2b', '#f3e3c0']) +
  ellipse(240, 356, 88, 32, '#f7f2e8') +
  ellipse(240, 352, 60, 20, '#e5ddcd') +
  solid('M206 300h68q-2 46 -20 46h-28q-18 0 -20 -46Z', '#b8452f', { from: 246 }) +
  ellipse(240, 300, 34, 8, '#4a2a1b')

const market = () =>
  stroke('M138 300C120 90 360 90 342 300', '#a8763c', 22) +
  stroke('M138 300C120 90 360 90 342 300', '#8a5f2b', 4) +
  leaf(180, 300, -100, 120, '#4f8058') +
  leaf(206, 304, -80, 140, '#3d6b48') +
  leaf(160, 306, -126, 100, '#3d6b48') +
  turn(
    16,
    300,
    250,
    rect(278, 160, 40, 150, '#e0b06b', 20) +
      times(4, (at) => stroke(`M284 ${190 + at * 28}l28 -10`, '#b07a3a', 4)),
  ) +
  shadow(240, 530, 146, 15) +
  solid('M96 296h288l-30 212q-4 22 -28 22H154q-24 0 -28 -22Z', '#c99a5a', {
    from: 300,
    inside: times(9, (row) =>
      times(12, (at) =>
        rect(
          92 + at * 26 + (row % 2) * 13,
          300 + row * 26,
          22,
          20,
          row % 3 === 1 ? '#7a4c2c' : '#dcb878',
          5,
        ),
      ),
    ),
  }) +
  rect(86, 286, 308, 26, '#a8763c', 13)

export const basketry = {
  'jarron-werregue': () => picture({ wall: '#d0d9cc', table: '#8b9c80' }, werregue()),
  'cesto-iraca': () => picture({ wall: '#f2d6a8', table: '#dba95c' }, iraca()),
  'frutero-cana-flecha': () => picture({ wall: '#c9dadb', table: '#8fb0b3' }, fruitBowl()),
  'sombrero-vueltiao': () => picture({ wall: '#e9a77f', table: '#c77448' }, hat()),
  'lampara-bejuco': () => picture({ wall: '#4f5f58' }, lamp()),
  'bandeja-guacamayas': () => picture({ wall: '#dfe2d3' }, guacamayas()),
  'individuales-de-iraca': () =>
    picture({ wall: '#e3d2dd', table: '#b98ba3', edge: 330 }, placemats()),
  'canasto-de-mercado': () => picture({ wall: '#dbe3c8', table: '#a3b27e' }, market()),
}
