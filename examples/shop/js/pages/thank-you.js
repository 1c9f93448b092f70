import { orderOf, saveOrder } from '../customer.js'
import { make } from '../element.js'
import { track } from '../events.js'
import { orderCard } from '../order-card.js'
import { emptyState, showPage } from '../shell.js'
import { t } from '../words.js'

const order = orderOf(new URLSearchParams(location.search).get('order'))

if (order === undefined) {
  showPage(
    { title: t('thanks.none') },
    emptyState(t('thanks.none'), t('thanks.none.text'), 'account.html', t('thanks.orders')),
  )
} else {
  const title = t('thanks.title', { name: order.name.split(' ')[0] })
  showPage(
    { title },
    make(
      'div',
      { class: 'wide narrow' },
      make('h1', {}, title),
      make('p', { class: 'lead' }, t('thanks.text')),
      make(
        'dl',
        { class: 'details' },
        make(
          'div',
          {},
          make('dt', {}, t('thanks.number')),
          make('dd', { class: 'number' }, order.id),
        ),
        make('div', {}, make('dt', {}, t('thanks.to')), make('dd', {}, order.to)),
      ),
      orderCard(order),
      make(
        'p',
        { class: 'row' },
        make('a', { class: 'button', href: './' }, t('cart.on')),
        make('a', { class: 'button quiet', href: 'account.html' }, t('thanks.orders')),
      ),
    ),
  )
  tellOnce(order)
}

/** A page that is loaded again is no second order. */
function tellOnce({ told, ...order }) {
  if (told === undefined) return
  saveOrder(order)
  void track('Order Completed', told)
}
