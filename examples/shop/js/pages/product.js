import { addToCart, FREE_SHIPPING_FROM } from '../cart.js'
import { categoryOf, productOf, products, productsIn } from '../catalogue.js'
import { make } from '../element.js'
import { tellCartChange, tellProductViewed } from '../events.js'
import { pesos } from '../money.js'
import { priceOf, productGrid } from '../product-card.js'
import { quantityField } from '../quantity.js'
import { breadcrumb, emptyState, showPage } from '../shell.js'
import { t } from '../words.js'

const GRINDS = ['beans', 'filter', 'moka', 'press']

const product = productOf(new URLSearchParams(location.search).get('p'))

if (product === undefined) {
  showPage(
    { title: t('product.missing') },
    emptyState(t('product.missing'), t('product.missing.text'), './', t('empty.home')),
  )
} else {
  const category = categoryOf(product.category)
  showPage(
    { title: product.name, here: category.id },
    make(
      'div',
      { class: 'wide' },
      breadcrumb([category.name, category.address], [product.name]),
      make('article', { class: 'product' }, picture(product), facts(product)),
      make(
        'section',
        { 'aria-labelledby': 'related' },
        make('h2', { id: 'related' }, t('product.related')),
        productGrid(related(product)),
      ),
    ),
  )
  void tellProductViewed(product)
}

function picture({ name, picture: src }) {
  return make('img', {
    src,
    alt: t('product.picture', { name }),
    width: 480,
    height: 600,
    fetchpriority: 'high',
  })
}

function facts(product) {
  const { name, text, brand, region, size, was } = product
  return make(
    'div',
    { class: 'facts' },
    was !== undefined && make('p', { class: 'flag' }, t('product.offer')),
    make('h1', {}, name),
    priceOf(product),
    make('p', { class: 'lead' }, text),
    orderForm(product),
    make(
      'dl',
      { class: 'details' },
      detail('product.from', t(`region.${region}`)),
      detail('product.maker', brand),
      detail('product.size', size),
      detail('sum.shipping', t('promise.shipping', { amount: pesos(FREE_SHIPPING_FROM) })),
    ),
  )
}

function detail(name, value) {
  return make('div', {}, make('dt', {}, t(name)), make('dd', {}, value))
}

function orderForm(product) {
  const quantity = quantityField({ id: 'quantity', label: t('product.quantity') })
  const said = make('p', { role: 'status', class: 'said' })
  const grind =
    product.hasGrind === true
      ? make(
          'select',
          { id: 'grind', name: 'grind' },
          GRINDS.map((value) => make('option', { value }, t(`grind.${value}`))),
        )
      : undefined
  return make(
    'form',
    { class: 'order', onsubmit: add },
    grind !== undefined &&
      make('div', { class: 'field' }, make('label', { for: 'grind' }, t('product.grind')), grind),
    make(
      'div',
      { class: 'row' },
      quantity.field,
      make('button', { class: 'button' }, t('product.add')),
    ),
    said,
  )

  function add(event) {
    event.preventDefault()
    const added = addToCart(product, quantity.value(), grind?.value)
    tellCartChange({ product, grind: grind?.value }, added)
    said.replaceChildren(
      added === 0 ? t('product.full') : t('product.added', { count: added }),
      ' ',
      make('a', { href: 'cart.html' }, t('product.seeCart')),
    )
  }
}

/** Two of the same shelf, two of others from the same region or the favourites. */
function related({ id, category, region }) {
  const near = productsIn(category).filter((one) => one.id !== id)
  const far = products.filter((one) => one.category !== category)
  const sorted = [
    ...far.filter((one) => one.region === region),
    ...far.filter((one) => one.isFavourite),
  ]
  return [...new Set([...near.slice(0, 2), ...sorted])].slice(0, 4)
}
