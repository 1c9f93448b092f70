import { cartCount, cartLines, coupon, emptyCart, totals } from '../cart.js'
import { customer, saveOrder } from '../customer.js'
import { make } from '../element.js'
import { orderProperties, tellCheckoutStarted } from '../events.js'
import { checkedForm, textField } from '../form.js'
import { language } from '../language.js'
import { pesos } from '../money.js'
import { emptyState, showPage } from '../shell.js'
import { sums } from '../summary.js'
import { t } from '../words.js'

const REGIONS = [
  'antioquia',
  'bogota',
  'bolivar',
  'boyaca',
  'caldas',
  'choco',
  'cordoba',
  'guajira',
  'huila',
  'magdalena',
  'narino',
  'santander',
  'tolima',
]

if (cartCount() === 0) {
  showPage(
    { title: t('checkout.title') },
    emptyState(
      t('cart.empty'),
      t('cart.empty.text'),
      'category.html?c=coffee',
      t('cart.empty.action'),
    ),
  )
} else {
  showCheckout()
  void tellCheckoutStarted()
}

function showCheckout() {
  const button = make('button', { class: 'button' })
  const sum = make('div')
  const form = checkedForm(
    { title: t('checkout.errors'), onSubmit: placeOrder },
    group(
      'contact',
      textField('email', {
        type: 'email',
        autocomplete: 'email',
        required: true,
        value: customer()?.email,
      }),
      textField('name', { autocomplete: 'name', required: true, value: customer()?.firstName }),
      textField('phone', {
        type: 'tel',
        autocomplete: 'tel-national',
        required: true,
        hint: t('field.phone.hint'),
      }),
    ),
    group(
      'address',
      textField('region', {
        autocomplete: 'address-level1',
        required: true,
        options: REGIONS.map((region) => [region, t(`region.${region}`)]),
      }),
      textField('city', { autocomplete: 'address-level2', required: true }),
      textField('street', { autocomplete: 'street-address', required: true }),
      textField('note', { autocomplete: 'off' }),
    ),
    group('delivery', radio('delivery', 'standard', true), radio('delivery', 'express')),
    group(
      'payment',
      make('p', { class: 'note' }, t('checkout.payment.note')),
      radio('payment', 'delivery', true),
      radio('payment', 'card'),
    ),
    button,
  )
  showPage(
    { title: t('checkout.title') },
    make(
      'div',
      { class: 'wide' },
      make('h1', {}, t('checkout.title')),
      make(
        'div',
        { class: 'split' },
        form,
        make(
          'aside',
          { class: 'panel', 'aria-label': t('sum.title') },
          make('ul', { class: 'brief' }, cartLines().map(briefLine)),
          sum,
        ),
      ),
    ),
  )

  const draw = () => {
    const { delivery } = Object.fromEntries(new FormData(form))
    sum.replaceChildren(sums(totals(delivery)))
    button.textContent = t('checkout.order', { total: pesos(totals(delivery).total) })
  }
  draw()
  form.addEventListener('change', draw)
}

function group(name, ...content) {
  return make('fieldset', {}, make('legend', {}, t(`checkout.${name}`)), ...content)
}

function radio(name, value, isChosen = false) {
  return make(
    'label',
    { class: 'tick' },
    make('input', { type: 'radio', name, value, checked: isChosen }),
    t(`${name}.${value}`),
  )
}

function briefLine({ product, quantity }) {
  return make(
    'li',
    {},
    make('img', { src: product.picture, alt: '', width: 48, height: 60 }),
    make('span', {}, `${quantity} × ${product.name}`),
    make('span', {}, pesos(product.price * quantity)),
  )
}

function placeOrder({ email, name, region, city, street, delivery }) {
  const id = `CC-${Date.now().toString(36).toUpperCase()}`
  saveOrder({
    id,
    email: email.trim().toLowerCase(),
    name: name.trim(),
    to: `${street.trim()}, ${city.trim()}, ${t(`region.${region}`)}`,
    at: Date.now(),
    language,
    coupon: coupon(),
    ...totals(delivery),
    lines: cartLines().map(({ product, quantity }) => ({
      id: product.id,
      quantity,
      price: product.price,
    })),
    // Told by the page that thanks, once.
    told: orderProperties(id, delivery),
  })
  emptyCart()
  location.assign(`thank-you.html?order=${id}`)
}
