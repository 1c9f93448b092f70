import { productOf } from './catalogue.js'
import { make } from './element.js'
import { language } from './language.js'
import { pesos } from './money.js'
import { sums } from './summary.js'
import { t } from './words.js'

const day = new Intl.DateTimeFormat(language === 'es' ? 'es-CO' : 'en', { dateStyle: 'long' })

/** An order that was made: what is in it and what it came to. */
export const orderCard = (order) =>
  make(
    'section',
    { class: 'panel', 'aria-label': t('account.order', { id: order.id }) },
    make('h2', {}, t('account.order', { id: order.id })),
    make('p', { class: 'soft' }, day.format(order.at)),
    make('ul', { class: 'brief' }, order.lines.map(lineOf)),
    sums(order, order.coupon),
  )

/** Products come and go; orders stay. */
function lineOf({ id, quantity, price }) {
  const product = productOf(id)
  return make(
    'li',
    {},
    product !== undefined && make('img', { src: product.picture, alt: '', width: 48, height: 60 }),
    make('span', {}, `${quantity} × ${product?.name ?? id}`),
    make('span', {}, pesos(price * quantity)),
  )
}
