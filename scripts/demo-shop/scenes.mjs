import { circle, cup, leaf, path, rect, shadow, solid, stroke, times } from './shapes.mjs'

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg"'

/** A kitchen window over the coffee hills, with breakfast on the sill; 1200 × 900. */
const kitchen = () => {
  const view =
    rect(0, 0, 1200, 900, '#bcd8d6') +
    circle(860, 190, 84, '#f6d98f') +
    path('M0 420L210 190l150 150 130 -110 210 210 120 -96 180 150 200 -180v486H0Z', '#8fb3a6') +
    path('M0 520q160 -120 330 -30t330 -40 300 20 240 -60v490H0Z', '#5f9079') +
    times(9, (at) =>
      stroke(`M-20 ${560 + at * 26}q200 -110 380 -20t360 -30 300 20 220 -60`, '#4a7a64', 7),
    ) +
    path('M0 690q200 -90 420 -30t420 -10 360 -30v280H0Z', '#2f5b47') +
    rect(412, 540, 120, 78, '#f3ead9') +
    path('M394 544l78 -52 78 52Z', '#b8452f') +
    rect(460, 572, 26, 46, '#2f6b66') +
    rect(426, 564, 20, 20, '#2f6b66') +
    rect(500, 564, 20, 20, '#2f6b66')
  const frame =
    rect(0, 0, 1200, 40, '#f3e6cf') +
    rect(0, 0, 44, 900, '#f3e6cf') +
    rect(1156, 0, 44, 900, '#f3e6cf') +
    rect(590, 0, 22, 720, '#f3e6cf') +
    rect(0, 700, 1200, 30, '#e6d3b3') +
    rect(0, 730, 1200, 170, '#c98f5c') +
    rect(0, 730, 1200, 10, '#1d141022')
  const place = (x, y, scale, inside) =>
    `<g transform="translate(${x} ${y}) scale(${scale})">${inside}</g>`
  const pot =
    shadow(0, 0, 100, 14) +
    stroke('M70 -250h52q16 0 14 18l-20 80', '#232020', 20) +
    solidAt('M-66 -140h132l32 140H-98Z', '#b7bec2') +
    rect(-78, -164, 156, 28, '#8f979c', 6) +
    solidAt('M-90 -284h180l-22 120H-68Z', '#c9cfd2') +
    path('M-90 -284l-34 18 38 30Z', '#b7bec2') +
    path('M-90 -283l54 -37h72l54 37Z', '#d9dee0') +
    rect(-16, -350, 32, 32, '#232020', 10)
  const bowl =
    circle(-70, -150, 52, '#e8a33d') +
    circle(16, -166, 58, '#c4412d') +
    circle(90, -146, 44, '#8fa845') +
    solidAt('M-176 -130h352q-10 130 -108 130H-68Q-166 0 -176 -130Z', '#2b2827')
  const plant =
    leaf(0, -120, -160, 120, '#2f5b47') +
    leaf(0, -120, -20, 120, '#3d6b48') +
    leaf(0, -120, -120, 160, '#4f8058') +
    leaf(0, -120, -60, 164, '#3d7a55') +
    leaf(0, -120, -90, 190, '#2f6b4d') +
    solidAt('M-76 -130h152l-20 130H-56Z', '#c4714a') +
    rect(-84, -140, 168, 26, '#d4835a', 6)
  return `${HEAD} viewBox="0 0 1200 900" width="1200" height="900">${view}${frame}${place(196, 838, 1.15, plant)}${place(520, 846, 1, bowl)}${place(840, 850, 1.02, pot)}${place(1024, 862, 1.35, cup(0, 0, '#f6efe2'))}${stroke('M1024 728q-16 -26 4 -46t0 -46', '#ffffffb0', 8)}</svg>\n`
}

const solidAt = (d, fill) => solid(d, fill, { from: 20 })

/** Hands of many: looms, wheel and drying beds, as a frieze; 1200 × 520. */
const workshop = () => {
  const house = (x, wall, roof, door) =>
    rect(x, 230, 240, 190, wall) +
    path(`M${x - 26} 236l36 -76h220l36 76Z`, roof) +
    rect(x + 94, 300, 56, 120, door) +
    rect(x + 24, 290, 46, 50, door) +
    rect(x + 174, 290, 46, 50, door) +
    rect(x, 396, 240, 24, '#1d141026')
  return `${HEAD} viewBox="0 0 1200 520" width="1200" height="520">${rect(0, 0, 1200, 520, '#f2d6a8')}${circle(980, 120, 60, '#e8874a')}${path('M0 330L200 130l160 150 170 -170 220 200 150 -120 300 180v190H0Z', '#c9a06a')}${path('M0 380q300 -80 620 -20t580 -30v190H0Z', '#7d9a6a')}${house(90, '#f6efe2', '#b8452f', '#2a5d80')}${house(360, '#e9b44c', '#a33d29', '#2f5b47')}${house(630, '#f6efe2', '#b8452f', '#8c3b4a')}${house(900, '#8fb3a6', '#a33d29', '#f3ead9')}${rect(0, 420, 1200, 100, '#b98a5a')}${times(12, (at) => rect(at * 104 - 20, 452, 70, 10, '#a3754b', 5))}${times(3, (at) => leaf(345 + at * 270, 426, -78, 66, '#3d6b48') + leaf(347 + at * 270, 426, -104, 58, '#4f8058'))}</svg>\n`
}

export const scenes = { 'escena-cocina': kitchen, 'escena-pueblo': workshop }
