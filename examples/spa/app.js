// A small router: links within the shop are drawn here instead of loaded. The tag notices the new route by itself.
import { teas, teaOf } from './teas.js'

const BASE = '/examples/spa/'
const view = document.getElementById('view')
const cart = new Map()

/** An element with its properties and children; text stays text. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const price = (amount) =>
  new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(amount)

const swatch = (tea) => make('span', { className: `swatch swatch-${tea.id}`, ariaHidden: 'true' })

const productOf = (tea) => ({
  product_id: tea.id,
  name: tea.name,
  category: 'Teas',
  price: tea.price,
  currency: 'EUR',
})

function drawHome() {
  return [
    make('h1', {}, 'Three teas, well chosen'),
    make('p', { className: 'lead' }, 'Picked in spring, packed by hand, sent the day you order.'),
    make('a', { className: 'button', href: `${BASE}teas` }, 'See the teas'),
  ]
}

function drawTeas() {
  const cards = teas.map((tea) =>
    make(
      'a',
      { className: 'card', href: `${BASE}teas/${tea.id}` },
      swatch(tea),
      make('strong', {}, tea.name),
      make('span', { className: 'soft' }, price(tea.price)),
    ),
  )
  return [make('h1', {}, 'Teas'), make('div', { className: 'cards' }, ...cards)]
}

function drawTea(tea) {
  const said = make('p', { role: 'status', className: 'soft' })
  const add = make('button', { type: 'button', className: 'button' }, 'Add to cart')
  add.addEventListener('click', () => {
    cart.set(tea.id, (cart.get(tea.id) ?? 0) + 1)
    showCount()
    said.textContent = 'In your cart.'
    window.gp('track', 'Product Added', { ...productOf(tea), quantity: 1 })
  })
  window.gp('track', 'Product Viewed', productOf(tea))
  return [
    swatch(tea),
    make('h1', {}, tea.name),
    make('p', { className: 'lead' }, tea.text),
    make('p', {}, price(tea.price)),
    add,
    said,
  ]
}

function drawAbout() {
  return [
    make('h1', {}, 'About'),
    make('p', { className: 'lead' }, 'Two people, one room, a kettle. We sell only what we drink.'),
  ]
}

function drawCart() {
  const lines = [...cart].map(([id, quantity]) => ({ tea: teaOf(id), quantity }))
  if (lines.length === 0) {
    return [
      make('h1', {}, 'Your cart is empty'),
      make('a', { className: 'button', href: `${BASE}teas` }, 'See the teas'),
    ]
  }
  const products = lines.map(({ tea, quantity }) => ({ ...productOf(tea), quantity }))
  const value = products.reduce((sum, product) => sum + product.price * product.quantity, 0)
  window.gp('cart', { currency: 'EUR', value, products })
  const rows = lines.map(({ tea, quantity }) => make('li', {}, `${quantity} × ${tea.name}`))
  const order = make('button', { type: 'button', className: 'button' }, `Order for ${price(value)}`)
  order.addEventListener('click', () => {
    window.gp('track', 'Order Completed', {
      order_id: `LW-${Date.now()}`,
      currency: 'EUR',
      total: value,
      products,
    })
    cart.clear()
    showCount()
    view.replaceChildren(make('h1', {}, 'Thank you!'), make('p', {}, 'Nothing was charged.'))
  })
  return [make('h1', {}, 'Cart'), make('ul', {}, ...rows), order]
}

function showCount() {
  const count = [...cart.values()].reduce((sum, quantity) => sum + quantity, 0)
  document.getElementById('cart-count').textContent = String(count)
}

const PAGES = {
  '': { title: 'Home', draw: drawHome },
  teas: { title: 'Teas', draw: drawTeas },
  about: { title: 'About', draw: drawAbout },
  cart: { title: 'Cart', draw: drawCart },
}

function draw() {
  const route = location.pathname.slice(BASE.length)
  const tea = route.startsWith('teas/') ? teaOf(route.slice('teas/'.length)) : undefined
  const page = tea === undefined ? (PAGES[route] ?? PAGES['']) : undefined
  document.title = `${tea?.name ?? page.title} · Leaf & Water`
  view.replaceChildren(...(tea === undefined ? page.draw() : drawTea(tea)))
  for (const link of document.querySelectorAll('nav a')) {
    const isHere = link.pathname === location.pathname
    if (isHere) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]')
  const isOurs = link?.origin === location.origin && link.pathname.startsWith(BASE)
  if (!isOurs || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  if (link.pathname === location.pathname) return
  history.pushState(null, '', link.href)
  draw()
  // So that keyboards and screen readers begin at the new page.
  view.focus()
  scrollTo(0, 0)
})
addEventListener('popstate', draw)

document.getElementById('consent').addEventListener('click', ({ target }) => {
  window.gp('consent', { statistics: true, personalisation: true, marketing: false })
  target.textContent = 'Thank you'
  target.disabled = true
})

draw()
