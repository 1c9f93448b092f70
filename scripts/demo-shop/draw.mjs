// Draws the shop's pictures: `node scripts/demo-shop/draw.mjs`, after a change of a drawing.
import { writeFile } from 'node:fs/promises'
import { basketry } from './basketry.mjs'
import { brewing } from './brewing.mjs'
import { coffee } from './coffee.mjs'
import { home } from './home.mjs'
import { scenes } from './scenes.mjs'
import { table } from './table.mjs'
import { textiles } from './textiles.mjs'

const all = { ...coffee, ...brewing, ...table, ...textiles, ...basketry, ...home, ...scenes }
for (const [name, draw] of Object.entries(all)) {
  await writeFile(new URL(`../../examples/shop/pictures/${name}.svg`, import.meta.url), draw())
}
