import { coupon, FREE_SHIPPING_FROM, totals } from './cart.js'
import { make } from './element.js'
import { pesos } from './money.js'
import { t } from './words.js'

/** What it adds up to, for a cart, a checkout or an order that was made. */
export const sums = ({ goods, discount, shipping, total }, code = coupon()) =>
  make(
    'dl',
    { class: 'sums' },
    line(t('sum.goods'), pesos(goods)),
    discount > 0 && line(t('sum.discount', { code }), pesos(-discount)),
    line(t('sum.shipping'), shipping === 0 ? t('sum.freeShipping') : pesos(shipping)),
    make('div', { class: 'total' }, make('dt', {}, t('sum.total')), make('dd', {}, pesos(total))),
  )

const line = (name, value) => make('div', {}, make('dt', {}, name), make('dd', {}, value))

/** How far it is to free shipping. */
export function shippingGoal() {
  const { goods } = totals()
  const left = FREE_SHIPPING_FROM - goods
  return make(
    'div',
    { class: 'goal' },
    make('p', {}, left > 0 ? t('cart.left', { amount: pesos(left) }) : t('cart.free')),
    make('progress', {
      max: FREE_SHIPPING_FROM,
      value: Math.min(goods, FREE_SHIPPING_FROM),
      'aria-label': t('cart.progress'),
    }),
  )
}
