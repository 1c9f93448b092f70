import { make } from './element.js'
import { t } from './words.js'

/** What a value must look like; the others must only be there. */
const SHAPES = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/,
  phone: /^(\+?57)?\s*3\d{2}[\s-]*\d{3}[\s-]*\d{4}$/,
}

/** A labelled field with room for what is wrong with it. `attributes` go to the control. */
export function textField(name, { hint, options, ...attributes } = {}) {
  const describedBy = [hint !== undefined && `${name}-hint`, `${name}-error`].filter(Boolean)
  const shared = { id: name, name, 'aria-describedby': describedBy.join(' '), ...attributes }
  const control =
    options === undefined
      ? make('input', shared)
      : make(
          'select',
          shared,
          make('option', { value: '' }, t('field.choose')),
          options.map(([value, text]) => make('option', { value }, text)),
        )
  return make(
    'div',
    { class: 'field' },
    make('label', { for: name }, t(`field.${name}`)),
    control,
    hint !== undefined && make('p', { class: 'soft', id: `${name}-hint` }, hint),
    make('p', { class: 'error', id: `${name}-error` }),
  )
}

/** A form that says what is missing, at the field and in a list above, before `onSubmit` gets its values. */
export function checkedForm({ title, onSubmit }, ...content) {
  const list = make('ul')
  const wrong = make(
    'div',
    { class: 'wrong', role: 'alert', tabindex: '-1', hidden: true },
    make('p', {}, title),
    list,
  )
  const form = make('form', { novalidate: true, onsubmit: check }, wrong, ...content)

  function check(event) {
    event.preventDefault()
    const required = [...form.elements].filter((control) => control.required)
    const missing = required.filter((control) => !mark(control))
    wrong.hidden = missing.length === 0
    list.replaceChildren(
      ...missing.map(({ name }) =>
        make('li', {}, make('a', { href: `#${name}` }, t(`error.${name}`))),
      ),
    )
    if (missing.length === 0) onSubmit(Object.fromEntries(new FormData(form)))
    else missing[0].focus()
  }

  function mark(control) {
    const value = control.value.trim()
    const isRight = value !== '' && (SHAPES[control.name]?.test(value) ?? true)
    control.setAttribute('aria-invalid', String(!isRight))
    document.getElementById(`${control.name}-error`).textContent = isRight
      ? ''
      : t(`error.${control.name}`)
    return isRight
  }

  // What has been marked is looked at again as it is mended.
  form.addEventListener('input', ({ target }) => {
    if (target.getAttribute('aria-invalid') === 'true') mark(target)
  })
  return form
}
