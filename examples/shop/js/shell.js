import { cartCount, FREE_SHIPPING_FROM, onCart } from './cart.js'
import { categories } from './catalogue.js'
import { askAgain, consent, consentBanner } from './consent.js'
import { customer } from './customer.js'
import { icon, make } from './element.js'
import { tellCart } from './events.js'
import { addressIn, language } from './language.js'
import { pesos } from './money.js'
import { t } from './words.js'

/** Draws a whole page in one go, so that nothing moves afterwards. `here`: the category that is shown. */
export function showPage({ title, here, query = '' }, ...content) {
  document.title = title === undefined ? t('shop.title') : `${title} · Casa Ceiba`
  const main = make('main', { id: 'main', tabindex: '-1' }, ...content)
  document.body.append(
    make('a', { class: 'skip', href: '#main' }, t('skip')),
    consentBanner(),
    header(here, query),
    main,
    footer(),
  )
  showAisle()
  // Without consent the server keeps no cart, so each page tells what is in it.
  if (consent()?.statistics !== true && cartCount() > 0) void tellCart()
  return main
}

/** What stands in the way of a page: nothing here, and where to go on. */
export const emptyState = (title, text, address, action) =>
  make(
    'section',
    { class: 'wide empty' },
    make('h1', {}, title),
    make('p', {}, text),
    make('a', { class: 'button', href: address }, action),
  )

/** Where in the shop this is; `steps` are `[name, address]`, the last is here. */
export const breadcrumb = (...steps) =>
  make(
    'nav',
    { class: 'crumbs', 'aria-label': t('crumbs') },
    make(
      'ol',
      {},
      make('li', {}, make('a', { href: './' }, t('home'))),
      steps.map(([name, address]) =>
        make(
          'li',
          {},
          address === undefined
            ? make('span', { 'aria-current': 'page' }, name)
            : make('a', { href: address }, name),
        ),
      ),
    ),
  )

function header(here, query) {
  const other = language === 'es' ? 'en' : 'es'
  return make(
    'header',
    { class: 'top' },
    make(
      'div',
      { class: 'wide' },
      make('a', { class: 'brand', href: './' }, icon('ceiba'), 'Casa Ceiba'),
      make(
        'form',
        { class: 'seek', role: 'search', action: 'search.html' },
        make('label', { class: 'unseen', for: 'seek' }, t('search.label')),
        make('input', {
          id: 'seek',
          name: 'q',
          type: 'search',
          value: query,
          placeholder: t('search.hint'),
          autocomplete: 'off',
        }),
        make('button', { 'aria-label': t('search') }, icon('search')),
      ),
      make(
        'ul',
        { class: 'own' },
        make(
          'li',
          {},
          make(
            'a',
            {
              href: addressIn(other),
              lang: other,
              hreflang: other,
            },
            other.toUpperCase(),
            make('span', { class: 'unseen' }, ` ${t('language.other')}`),
          ),
        ),
        make(
          'li',
          {},
          make(
            'a',
            { href: 'account.html' },
            icon('account'),
            make('span', { class: 'name' }, customer()?.firstName || t('account')),
          ),
        ),
        make('li', {}, cartLink()),
      ),
    ),
    make(
      'nav',
      { class: 'aisles wide', 'aria-label': t('categories') },
      make(
        'ul',
        {},
        categories.map(({ id, name, address }) =>
          make(
            'li',
            {},
            make('a', { href: address, 'aria-current': id === here ? 'page' : undefined }, name),
          ),
        ),
      ),
    ),
  )
}

/** On narrow screens the categories scroll sideways. */
function showAisle() {
  const here = document.querySelector('.aisles [aria-current]')
  if (here !== null) here.closest('nav').scrollLeft = here.offsetLeft - 24
}

function cartLink() {
  const count = make('span', { class: 'count', 'aria-hidden': 'true' })
  const told = make('span', { class: 'unseen' })
  const draw = () => {
    count.textContent = String(cartCount())
    told.textContent = t(cartCount() === 1 ? 'cart.one' : 'cart.many', { count: cartCount() })
  }
  draw()
  onCart(draw)
  return make(
    'a',
    { href: 'cart.html', class: 'to-cart' },
    icon('cart'),
    make('span', { class: 'name', 'aria-hidden': 'true' }, t('cart')),
    count,
    told,
  )
}

function footer() {
  return make(
    'footer',
    { class: 'foot' },
    make(
      'div',
      { class: 'wide' },
      make(
        'div',
        {},
        make('p', { class: 'brand' }, icon('ceiba'), 'Casa Ceiba'),
        make('p', {}, t('foot.text')),
      ),
      make(
        'nav',
        { 'aria-label': t('foot.label') },
        make(
          'ul',
          {},
          make('li', {}, make('a', { href: 'account.html' }, t('account.orders'))),
          make('li', {}, make('a', { href: 'cart.html' }, t('cart'))),
          make(
            'li',
            {},
            make(
              'button',
              { type: 'button', class: 'plain', onclick: askAgain },
              t('consent.again'),
            ),
          ),
        ),
      ),
      make('p', {}, t('promise.shipping', { amount: pesos(FREE_SHIPPING_FROM) })),
      make('p', { class: 'soft' }, t('foot.demo')),
    ),
  )
}
