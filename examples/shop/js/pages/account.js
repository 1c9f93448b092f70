import { cartCount } from '../cart.js'
import { customer, ordersOf, signIn, signOut } from '../customer.js'
import { make } from '../element.js'
import { tellCart } from '../events.js'
import { checkedForm, textField } from '../form.js'
import { orderCard } from '../order-card.js'
import { showPage } from '../shell.js'
import { t } from '../words.js'

const known = customer()

showPage(
  { title: t('account.title') },
  make('div', { class: 'wide narrow' }, known === undefined ? entrance() : desk(known)),
)

function entrance() {
  return [
    make('h1', {}, t('account.title')),
    make('p', { class: 'lead' }, t('account.text')),
    checkedForm(
      { title: t('account.errors'), onSubmit: (values) => act(() => signIn(values)) },
      textField('email', { type: 'email', autocomplete: 'email', required: true }),
      textField('firstName', { autocomplete: 'given-name', required: true }),
      make('button', { class: 'button' }, t('account.signIn')),
    ),
  ]
}

function desk({ email, firstName }) {
  const made = ordersOf(email)
  return [
    make('h1', {}, t('account.hello', { name: firstName })),
    make(
      'p',
      { class: 'row' },
      t('account.as', { email }),
      make(
        'button',
        { type: 'button', class: 'plain', onclick: () => act(signOut) },
        t('account.signOut'),
      ),
    ),
    make('h2', {}, t('account.orders')),
    made.length === 0 ? make('p', { class: 'soft' }, t('account.none')) : made.map(orderCard),
  ]
}

/** It may be another visitor now, so the cart is told again. The tag delivers even though the page goes at once. */
function act(change) {
  void change()
  if (cartCount() > 0) void tellCart()
  location.reload()
}
