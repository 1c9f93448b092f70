import { FREE_SHIPPING_FROM } from '../cart.js'
import { categories, products } from '../catalogue.js'
import { icon, make } from '../element.js'
import { pesos } from '../money.js'
import { productGrid } from '../product-card.js'
import { showPage } from '../shell.js'
import { t } from '../words.js'
import '../gp.js'

showPage(
  {},
  hero(),
  aisles(),
  shelf('favourites', products.filter((one) => one.isFavourite).slice(0, 8)),
  story(),
  shelf('offers', products.filter((one) => one.was !== undefined).slice(0, 4)),
  promises(),
)

function hero() {
  return make(
    'section',
    { class: 'hero wide' },
    make(
      'div',
      {},
      make('h1', {}, t('hero.title')),
      make('p', { class: 'lead' }, t('hero.text')),
      make(
        'p',
        { class: 'row' },
        make('a', { class: 'button', href: 'category.html?c=coffee' }, t('hero.action')),
        make('a', { class: 'button quiet', href: 'category.html?c=table' }, t('hero.other')),
      ),
    ),
    make('img', {
      src: 'pictures/escena-cocina.svg',
      alt: t('hero.picture'),
      width: 1200,
      height: 900,
      fetchpriority: 'high',
    }),
  )
}

function aisles() {
  const tile = ({ name, address, picture }) =>
    make(
      'li',
      { class: 'card' },
      make('img', { src: picture, alt: '', width: 480, height: 600 }),
      make('h3', {}, make('a', { href: address }, name)),
    )
  return make(
    'section',
    { class: 'wide', 'aria-labelledby': 'aisles' },
    make('h2', { id: 'aisles' }, t('home.categories')),
    make('ul', { class: 'tiles' }, categories.map(tile)),
  )
}

function shelf(name, list) {
  return make(
    'section',
    { class: 'wide', 'aria-labelledby': name },
    make('h2', { id: name }, t(`home.${name}`)),
    productGrid(list),
  )
}

function story() {
  return make(
    'section',
    { class: 'story', 'aria-labelledby': 'story' },
    make(
      'div',
      { class: 'wide' },
      make('img', {
        src: 'pictures/escena-pueblo.svg',
        alt: t('home.story.picture'),
        width: 1200,
        height: 520,
        loading: 'lazy',
      }),
      make(
        'div',
        {},
        make('h2', { id: 'story' }, t('home.story')),
        make('p', {}, t('home.story.text')),
      ),
    ),
  )
}

function promises() {
  const promise = (name, drawing, values) =>
    make(
      'li',
      {},
      icon(drawing),
      make('h3', {}, t(`promise.${name}`, values)),
      make('p', { class: 'soft' }, t(`promise.${name}.text`)),
    )
  return make(
    'section',
    { class: 'wide' },
    make('h2', { class: 'unseen' }, 'Casa Ceiba'),
    make(
      'ul',
      { class: 'promises' },
      promise('shipping', 'truck', { amount: pesos(FREE_SHIPPING_FROM) }),
      promise('makers', 'hands'),
      promise('returns', 'back'),
    ),
  )
}
