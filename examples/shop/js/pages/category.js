import { categoryOf, productsIn } from '../catalogue.js'
import { make } from '../element.js'
import { tellListFiltered, tellListViewed } from '../events.js'
import { pesos } from '../money.js'
import { productGrid } from '../product-card.js'
import { breadcrumb, emptyState, showPage } from '../shell.js'
import { t } from '../words.js'

const PRICES = [60_000, 120_000]
const ORDERS = {
  featured: (one, other) => Number(other.isFavourite ?? false) - Number(one.isFavourite ?? false),
  cheap: (one, other) => one.price - other.price,
  dear: (one, other) => other.price - one.price,
  name: (one, other) => one.name.localeCompare(other.name),
}

const address = new URL(location.href)
const category = categoryOf(address.searchParams.get('c'))

if (category === undefined) {
  showPage(
    { title: t('category.missing') },
    emptyState(t('category.missing'), t('product.missing.text'), './', t('empty.home')),
  )
} else {
  showCategory(category, productsIn(category.id))
}

function showCategory({ id, name, text }, all) {
  const count = make('p', { role: 'status', class: 'soft' })
  const shelf = make('div', { class: 'shelf' })
  const filters = filterForm(all)
  showPage(
    { title: name, here: id },
    make(
      'div',
      { class: 'wide' },
      breadcrumb([name]),
      make('h1', {}, name),
      make('p', { class: 'lead' }, text),
      filters,
      make('h2', { class: 'unseen' }, name),
      count,
      shelf,
    ),
  )
  filters.addEventListener('change', () => {
    const shown = draw()
    keepInAddress(filters)
    void tellListFiltered(id, name, shown, chosen(filters))
  })
  filters.addEventListener('reset', () =>
    setTimeout(() => filters.dispatchEvent(new Event('change'))),
  )
  void tellListViewed(id, name, draw())

  function draw() {
    const { region, price, offers, sort } = Object.fromEntries(new FormData(filters))
    const shown = all
      .filter((product) => region === '' || product.region === region)
      .filter((product) => isWithin(product.price, price))
      .filter((product) => offers === undefined || product.was !== undefined)
      .sort(ORDERS[sort])
    count.textContent =
      shown.length === 1 ? t('list.one') : t('list.count', { count: shown.length })
    shelf.replaceChildren(shown.length === 0 ? make('p', {}, t('list.none')) : productGrid(shown))
    return shown
  }
}

/** `-60000`: up to it; `60000-120000`; `120000-`: over it. */
function isWithin(amount, range) {
  if (range === '') return true
  const [from, to] = range.split('-')
  return (from === '' || amount > Number(from)) && (to === '' || amount <= Number(to))
}

function filterForm(all) {
  const regions = [...new Set(all.map(({ region }) => region))].sort((one, other) =>
    one.localeCompare(other),
  )
  const amounts = PRICES.map(pesos)
  return make(
    'form',
    { class: 'filters', 'aria-label': t('list.filters') },
    choice('region', t('list.region'), [
      ['', t('list.anywhere')],
      ...regions.map((region) => [region, t(`region.${region}`)]),
    ]),
    choice('price', t('list.price'), [
      ['', t('price.any')],
      [`-${PRICES[0]}`, t('price.upTo', { amount: amounts[0] })],
      [PRICES.join('-'), `${amounts[0]} – ${amounts[1]}`],
      [`${PRICES[1]}-`, t('price.over', { amount: amounts[1] })],
    ]),
    choice(
      'sort',
      t('list.sort'),
      Object.keys(ORDERS).map((sort) => [sort, t(`sort.${sort}`)]),
    ),
    make(
      'label',
      { class: 'tick' },
      make('input', {
        type: 'checkbox',
        name: 'offers',
        checked: address.searchParams.has('offers'),
      }),
      t('list.offers'),
    ),
    make('button', { type: 'reset', class: 'plain' }, t('list.clear')),
  )
}

function choice(name, label, options) {
  const kept = address.searchParams.get(name)
  return make(
    'div',
    { class: 'field' },
    make('label', { for: name }, label),
    make(
      'select',
      { id: name, name },
      options.map(([value, text]) => make('option', { value, selected: value === kept }, text)),
    ),
  )
}

function chosen(filters) {
  const { sort, ...rest } = Object.fromEntries(new FormData(filters))
  const set = Object.entries(rest).filter(([, value]) => value !== '')
  return { sort, filters: set.map(([type, value]) => ({ type, value })) }
}

/** So that going back, or passing the address on, shows the same. */
function keepInAddress(filters) {
  const values = new FormData(filters)
  for (const name of ['region', 'price', 'sort', 'offers']) {
    const value = values.get(name)
    if (value === null || value === '' || value === 'featured') address.searchParams.delete(name)
    else address.searchParams.set(name, value)
  }
  history.replaceState(null, '', address)
}
