import { basketry } from './catalogue/basketry.js'
import { brewing } from './catalogue/brewing.js'
import { coffee } from './catalogue/coffee.js'
import { home } from './catalogue/home.js'
import { table } from './catalogue/table.js'
import { textiles } from './catalogue/textiles.js'
import { language } from './language.js'
import { t } from './words.js'

/** Each with the product whose picture stands for it. */
const CATEGORIES = [
  { id: 'coffee', face: 'cafe-huila', list: coffee },
  { id: 'brewing', face: 'tetera-cuello-de-ganso', list: brewing },
  { id: 'table', face: 'platos-carmen-de-viboral', list: table },
  { id: 'textiles', face: 'mochila-wayuu', list: textiles },
  { id: 'basketry', face: 'bandeja-guacamayas', list: basketry },
  { id: 'home', face: 'tucan-tallado', list: home },
]

export const categories = CATEGORIES.map(({ id, face }) => ({
  id,
  name: t(`category.${id}`),
  text: t(`category.${id}.text`),
  address: `category.html?c=${id}`,
  picture: `pictures/${face}.svg`,
}))

export const products = CATEGORIES.flatMap(({ id, list }) =>
  list.map(({ es, en, ...product }) => ({
    ...product,
    ...(language === 'es' ? es : en),
    /** In both languages: people search in either. */
    sought: plain(
      [
        es.name,
        es.text,
        en.name,
        en.text,
        product.brand,
        t(`region.${product.region}`),
        t(`category.${id}`),
      ].join(' '),
    ),
    category: id,
    address: `product.html?p=${product.id}`,
    picture: `pictures/${product.id}.svg`,
  })),
)

export const categoryOf = (id) => categories.find((category) => category.id === id)
export const productOf = (id) => products.find((product) => product.id === id)
export const productsIn = (category) => products.filter((product) => product.category === category)

/** Products that have every word of `query`, those with a word in their name first. */
export function search(query) {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const inName = (product) => words.some((word) => plain(product.name).includes(word))
  return products
    .filter(({ sought }) => words.every((word) => sought.includes(word)))
    .sort((one, other) => Number(inName(other)) - Number(inName(one)))
}

/** Without accents and capitals. */
function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
