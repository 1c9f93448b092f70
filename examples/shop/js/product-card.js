import { make } from './element.js'
import { pesos } from './money.js'
import { t } from './words.js'

/** A product in a list. The first rows are in sight at once, the others load when they come near. */
export function productCard(product, at) {
  return make(
    'li',
    { class: 'card' },
    make('img', {
      src: product.picture,
      alt: '',
      width: 480,
      height: 600,
      loading: at < 4 ? undefined : 'lazy',
    }),
    make('h3', {}, make('a', { href: product.address }, product.name)),
    make('p', { class: 'soft' }, t(`region.${product.region}`)),
    priceOf(product),
  )
}

export const productGrid = (products) => make('ul', { class: 'grid' }, products.map(productCard))

/** Which of two prices holds is said to those who do not see that one is struck out. */
export function priceOf({ price, was }) {
  if (was === undefined) return make('p', { class: 'price' }, pesos(price))
  return make(
    'p',
    { class: 'price' },
    make('span', { class: 'unseen' }, t('product.now', { price: pesos(price) })),
    make('strong', { 'aria-hidden': 'true' }, pesos(price)),
    ' ',
    make('span', { class: 'unseen' }, t('product.was', { price: pesos(was) })),
    make('s', { 'aria-hidden': 'true' }, pesos(was)),
  )
}
