import { cartCount } from './cart.js'
import { make } from './element.js'
import { tellCart } from './events.js'
import { gp } from './gp.js'
import { readStored, writeStored } from './stored.js'
import { t } from './words.js'

const PURPOSES = ['statistics', 'personalisation', 'marketing']
const every = (isGranted) => Object.fromEntries(PURPOSES.map((purpose) => [purpose, isGranted]))

/** What was chosen here, or `undefined` as long as nobody was asked. */
export const consent = () => readStored('consent', undefined)

/**
 * The shop's own question, at the top of the page: it covers nothing and nothing waits for it. The tag remembers the
 * answer; the shop remembers it too, to show it again.
 */
export function consentBanner() {
  const boxes = PURPOSES.map((purpose) =>
    make(
      'label',
      { class: 'tick' },
      make('input', { type: 'checkbox', name: purpose, checked: consent()?.[purpose] === true }),
      make(
        'span',
        {},
        make('strong', {}, t(`consent.${purpose}`)),
        ` ${t(`consent.${purpose}.text`)}`,
      ),
    ),
  )
  const choices = make(
    'form',
    { class: 'choices', id: 'consent-choices', hidden: true, onsubmit: save },
    make('fieldset', {}, make('legend', {}, t('consent.legend')), boxes),
    make('button', { class: 'button' }, t('consent.save')),
  )
  const more = make(
    'button',
    {
      type: 'button',
      class: 'button quiet',
      'aria-expanded': 'false',
      'aria-controls': 'consent-choices',
      onclick: toggle,
    },
    t('consent.choose'),
  )
  const banner = make(
    'section',
    { class: 'consent', 'aria-labelledby': 'consent-title', hidden: consent() !== undefined },
    make(
      'div',
      { class: 'wide' },
      make(
        'div',
        {},
        make('h2', { id: 'consent-title', tabindex: '-1' }, t('consent.title')),
        make('p', {}, t('consent.text')),
      ),
      make(
        'div',
        { class: 'row' },
        make(
          'button',
          { type: 'button', class: 'button', onclick: () => give(every(true)) },
          t('consent.all'),
        ),
        make(
          'button',
          { type: 'button', class: 'button', onclick: () => give(every(false)) },
          t('consent.none'),
        ),
        more,
      ),
      choices,
    ),
  )

  function toggle() {
    choices.hidden = !choices.hidden
    more.setAttribute('aria-expanded', String(!choices.hidden))
  }

  function save(event) {
    event.preventDefault()
    const ticked = new FormData(choices)
    give(Object.fromEntries(PURPOSES.map((purpose) => [purpose, ticked.has(purpose)])))
  }

  function give(granted) {
    writeStored('consent', granted)
    void gp('consent', granted)
    // What was told before belongs to nobody.
    if (granted.statistics && cartCount() > 0) void tellCart()
    const hadFocus = banner.contains(document.activeElement)
    banner.hidden = true
    if (hadFocus) document.getElementById('main').focus({ preventScroll: true })
  }

  return banner
}

/** Asks again, from the foot of any page. */
export function askAgain() {
  document.querySelector('.consent').hidden = false
  scrollTo({ top: 0 })
  document.getElementById('consent-title').focus()
}
