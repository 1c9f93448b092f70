import { MOST_OF_ONE } from './cart.js'
import { make } from './element.js'
import { t } from './words.js'

/** A number with a step down and up. `onChange` gets the new one. */
export function quantityField({ id, label, value = 1, least = 1, onChange = () => {} }) {
  const input = make('input', {
    id,
    type: 'number',
    inputmode: 'numeric',
    min: least,
    max: MOST_OF_ONE,
    value,
    'aria-label': label,
    onchange: () => set(Number(input.value)),
  })

  function set(wanted) {
    const whole = Number.isFinite(wanted) ? Math.trunc(wanted) : 1
    input.value = String(Math.min(MOST_OF_ONE, Math.max(least, whole)))
    onChange(Number(input.value))
  }

  const step = (by, sign, name) =>
    make(
      'button',
      {
        type: 'button',
        'aria-label': `${t(name)}: ${label}`,
        onclick: () => set(Number(input.value) + by),
      },
      sign,
    )

  const field = make(
    'div',
    { class: 'quantity' },
    step(-1, '−', 'product.less'),
    input,
    step(1, '+', 'product.more'),
  )
  return { field, value: () => Number(input.value) }
}
