import { applyCoupon, cartCount, cartLines, coupon, onCart, setQuantity, totals } from '../cart.js'
import { make } from '../element.js'
import { tellCartChange, tellCartViewed, track } from '../events.js'
import { pesos } from '../money.js'
import { quantityField } from '../quantity.js'
import { emptyState, showPage } from '../shell.js'
import { shippingGoal, sums } from '../summary.js'
import { t } from '../words.js'

const main = showPage({ title: t('cart.title') })
const said = make('p', { role: 'status', class: 'unseen' })
const lines = make('ul', { class: 'lines' })
const goal = make('div')
const sum = make('div')
const page = make(
  'div',
  { class: 'wide' },
  make('h1', { tabindex: '-1' }, t('cart.title')),
  make(
    'div',
    { class: 'split' },
    lines,
    make(
      'aside',
      { class: 'panel', 'aria-label': t('sum.title') },
      goal,
      couponForm(),
      sum,
      make('a', { class: 'button', href: 'checkout.html' }, t('cart.checkout')),
      make('a', { class: 'plain', href: './' }, t('cart.on')),
    ),
  ),
)

draw()
onCart(draw)
if (cartCount() > 0) void tellCartViewed()

function draw() {
  if (cartCount() === 0) {
    main.replaceChildren(
      emptyState(
        t('cart.empty'),
        t('cart.empty.text'),
        'category.html?c=coffee',
        t('cart.empty.action'),
      ),
      said,
    )
    return
  }
  drawLines()
  goal.replaceChildren(shippingGoal())
  sum.replaceChildren(sums(totals()))
  if (!page.isConnected) main.replaceChildren(page, said)
}

/** Keeps the lines that stay, so that the focus stays in them. */
function drawLines() {
  const now = cartLines()
  const drawn = new Map([...lines.children].map((line) => [line.dataset.key, line]))
  for (const [key, line] of drawn) if (!now.some((one) => one.key === key)) line.remove()
  for (const line of now) {
    const known = drawn.get(line.key)
    if (known === undefined) lines.append(lineOf(line))
    else drawLine(known, line)
  }
}

function drawLine(element, { product, quantity }) {
  element.querySelector('.line-total').textContent = pesos(product.price * quantity)
  element.querySelector('input').value = String(quantity)
}

function lineOf(line) {
  const { key, product, grind, quantity } = line
  const change = (wanted) => tellCartChange(line, setQuantity(key, wanted))
  const field = quantityField({
    id: `quantity-${key}`,
    label: t('cart.quantityOf', { name: product.name }),
    value: quantity,
    onChange: change,
  })
  const remove = () => {
    const at = [...lines.children].findIndex((one) => one.dataset.key === key)
    change(0)
    said.textContent = t('cart.removed', { name: product.name })
    const next = lines.children[Math.min(at, lines.children.length - 1)]
    const target = cartCount() === 0 ? main : next?.querySelector('.remove')
    target?.focus()
  }
  return make(
    'li',
    { 'data-key': key },
    make('img', { src: product.picture, alt: '', width: 96, height: 120 }),
    make(
      'div',
      {},
      make('h2', {}, make('a', { href: product.address }, product.name)),
      make('p', { class: 'soft' }, [
        grind !== undefined && `${t(`grind.${grind}`)} · `,
        t('cart.each', { price: pesos(product.price) }),
      ]),
      make(
        'div',
        { class: 'row' },
        field.field,
        make(
          'button',
          {
            type: 'button',
            class: 'plain remove',
            'aria-label': t('cart.removeOne', { name: product.name }),
            onclick: remove,
          },
          t('cart.remove'),
        ),
      ),
    ),
    make('p', { class: 'line-total' }, pesos(product.price * quantity)),
  )
}

function couponForm() {
  const input = make('input', {
    id: 'coupon',
    name: 'coupon',
    value: coupon(),
    autocomplete: 'off',
    autocapitalize: 'characters',
    'aria-describedby': 'coupon-said',
  })
  const result = make('p', { id: 'coupon-said', role: 'status', class: 'soft' })
  return make(
    'form',
    { class: 'coupon', onsubmit: apply },
    make('label', { for: 'coupon' }, t('coupon.label')),
    make(
      'div',
      { class: 'row' },
      input,
      make('button', { class: 'button quiet' }, t('coupon.apply')),
    ),
    result,
  )

  function apply(event) {
    event.preventDefault()
    const isKnown = applyCoupon(input.value)
    const code = coupon()
    if (!isKnown) result.textContent = t('coupon.unknown')
    else result.textContent = code === '' ? t('coupon.taken') : t('coupon.applied', { code })
    if (isKnown && code !== '')
      void track('Coupon Applied', {
        coupon_id: code,
        discount: totals().discount,
        currency: 'COP',
      })
    if (!isKnown) void track('Coupon Denied', { coupon: input.value.trim(), reason: 'unknown' })
  }
}
