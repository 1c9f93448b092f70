import { products, search } from '../catalogue.js'
import { make } from '../element.js'
import { tellSearched } from '../events.js'
import { productGrid } from '../product-card.js'
import { breadcrumb, showPage } from '../shell.js'
import { t } from '../words.js'

const query = (new URLSearchParams(location.search).get('q') ?? '').trim().slice(0, 80)
const found = search(query)
const favourites = products.filter((product) => product.isFavourite).slice(0, 4)

showPage(
  { title: titleOf(), query },
  make('div', { class: 'wide' }, breadcrumb([t('search')]), ...results()),
)
if (query !== '') void tellSearched(query, found)

function titleOf() {
  if (query === '') return t('search.empty')
  return t(found.length === 0 ? 'search.none' : 'search.title', { query })
}

function results() {
  if (found.length > 0) {
    const count = found.length === 1 ? t('list.one') : t('list.count', { count: found.length })
    return [
      make('h1', {}, titleOf()),
      make('h2', { class: 'unseen' }, count),
      make('p', { class: 'soft' }, count),
      productGrid(found),
    ]
  }
  return [
    make('h1', {}, titleOf()),
    make('p', { class: 'lead' }, t(query === '' ? 'search.start' : 'search.none.text')),
    make('h2', {}, t('home.favourites')),
    productGrid(favourites),
  ]
}
