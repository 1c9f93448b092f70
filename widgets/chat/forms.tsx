/** @jsxRuntime classic */
/** @jsx h */
import { CONSENT_FIELD, mistakesIn, type FormField } from '#protocol/pre-chat.ts'
import { h, type Child, type VNode } from '../kit/h.ts'
import type { Fields } from './chat-view.ts'
import { leaveNote, mailTranscript, rate } from './form-requests.ts'
import type { Scene } from './scene.ts'

export { styles } from './form-styles.ts'
export { menu } from './menu.tsx'

interface Field extends FormField {
  readonly label: string
  readonly choices?: readonly string[]
  readonly autocomplete?: string
}

const STAR = 'm12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8L12 3.5Z'
type Input = { readonly type: 'email' } | { readonly type: 'tel' }
const INPUTS: Readonly<Record<string, Input>> = { email: { type: 'email' }, phone: { type: 'tel' } }
const FILLED_WITH: Readonly<Record<string, string>> = { email: 'email', phone: 'tel' }

/** Before the chat begins: what the shop wants to know, and what its visitor agrees to. */
export function preChat(scene: Scene): VNode {
  const { model, view, t, text } = scene
  const { fields, asksConsent } = view.look.preChat
  const asked: Field[] = fields.map(({ key, label, ...rest }) => ({ ...rest, name: key, label }))
  if (asksConsent) {
    asked.push(consent(scene))
  }
  return form(scene, asked, text('preChat'), t('begin'), model.answerPreChat)
}

/** Nobody is there: what is written here is answered by mail. */
export function offline(scene: Scene): VNode {
  const { view, t, text } = scene
  const { asksConsent, isOn } = view.look.preChat
  const asked: Field[] = [
    { name: 'name', label: t('name'), type: 'text', autocomplete: 'name' },
    { name: 'email', label: t('email'), type: 'email', isRequired: true },
    { name: 'text', label: t('message'), type: 'long', isRequired: true },
  ]
  if (isOn && asksConsent) {
    asked.push(consent(scene))
  }
  return form(scene, asked, text('offline'), t('sendNote'), (given) => void leaveNote(scene, given))
}

function consent({ text }: Scene): Field {
  return { name: CONSENT_FIELD, label: text('consent'), type: 'check', isRequired: true }
}

export function transcript(scene: Scene): VNode {
  const { model, view, t } = scene
  const back = (
    <button type="button" class="button quiet" onClick={() => model.unfold(undefined)}>
      {t('back')}
    </button>
  )
  if (view.form === 'sent') return done(t('transcriptSent'), back)
  const asked = [{ name: 'email', label: t('email'), type: 'email', isRequired: true }]
  const send = ({ email }: Fields) => void mailTranscript(scene, String(email))
  return form(scene, asked, t('transcriptText'), t('sendTranscript'), send, back)
}

/** Below a chat that has ended. */
export function ended(scene: Scene): VNode {
  const { model, view, t } = scene
  return (
    <div class="foot">
      {view.look.asksRating && rating(scene)}
      <button type="button" class="button" onClick={model.startAnew}>
        {t('anew')}
      </button>
    </div>
  )
}

function rating(scene: Scene): VNode {
  const { model, view, t, text } = scene
  if (view.form === 'sent' || view.conversation?.rating) {
    return <output class="done">{t('thanks')}</output>
  }
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        const given = valuesOf(event)
        const stars = Number(given['stars'])
        if (!model.check(stars ? {} : { stars: 'required' })) return
        void rate(scene, stars, String(given['comment'] ?? ''))
      }}
    >
      <fieldset aria-describedby={view.mistakes['stars'] ? 'gp-field-stars-bad' : undefined}>
        <legend>{text('rating')}</legend>
        <div class="stars">
          {[1, 2, 3, 4, 5].map((count) => (
            <label key={count}>
              <input
                class="unseen"
                type="radio"
                name="stars"
                value={count}
                aria-label={t('stars', { count })}
              />
              <span class="star" data-icon={STAR} aria-hidden="true" />
            </label>
          ))}
        </div>
        {mistake(scene, 'stars')}
      </fieldset>
      <label class="label" for="gp-comment">
        {t('comment')}
      </label>
      <textarea id="gp-comment" name="comment" rows={2} maxlength={1000} />
      {failure(scene)}
      {button(scene, t('rate'))}
    </form>
  )
}

function form(
  scene: Scene,
  fields: readonly Field[],
  intro: string,
  label: string,
  send: (values: Fields) => void,
  after?: Child,
): VNode {
  const { model } = scene
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        const values = valuesOf(event)
        if (model.check(mistakesIn(fields, values))) send(values)
      }}
    >
      <p class="intro">{intro}</p>
      {fields.map((field) => control(scene, field))}
      {failure(scene)}
      {button(scene, label)}
      {after}
    </form>
  )
}

function control(scene: Scene, field: Field): VNode {
  const { name, label, type, isRequired, choices = [], autocomplete } = field
  const id = `gp-field-${name}`
  const isWrong = scene.view.mistakes[name] !== undefined
  const attributes = {
    id,
    name,
    required: isRequired,
    'aria-invalid': isWrong ? ('true' as const) : undefined,
    'aria-describedby': isWrong ? `${id}-bad` : undefined,
  }
  if (type === 'check') {
    return (
      <div class="field check">
        <input type="checkbox" {...attributes} />
        <label for={id}>{label}</label>
        {mistake(scene, name)}
      </div>
    )
  }
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      {type === 'long' ? (
        <textarea rows={4} maxlength={4000} {...attributes} />
      ) : type === 'choice' ? (
        <select {...attributes}>
          <option value="">–</option>
          {choices.map((choice) => (
            <option value={choice} key={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...(INPUTS[type] ?? { type: 'text' })}
          autocomplete={autocomplete ?? FILLED_WITH[type] ?? 'off'}
          {...attributes}
        />
      )}
      {mistake(scene, name)}
    </div>
  )
}

function mistake({ view, t }: Scene, name: string): Child {
  const found = view.mistakes[name]
  return (
    found && (
      <p class="bad" id={`gp-field-${name}-bad`}>
        {t(found)}
      </p>
    )
  )
}

function failure({ view, t }: Scene): Child {
  return (
    view.form === 'failed' && (
      <p class="bad" role="alert">
        {t('failed')}
      </p>
    )
  )
}

function button({ view, t }: Scene, label: string): VNode {
  const isBusy = view.form === 'sending'
  return (
    <button type="submit" class="button" aria-disabled={isBusy ? 'true' : undefined}>
      {isBusy ? t('sending') : label}
    </button>
  )
}

function done(text: string, after: Child): VNode {
  return (
    <div class="form">
      <output class="done">{text}</output>
      {after}
    </div>
  )
}

function valuesOf(event: Event): Fields {
  event.preventDefault()
  const { elements } = event.currentTarget as HTMLFormElement
  const values: Record<string, string | boolean> = {}
  for (const element of elements) {
    const { name, type, value, checked } = element as HTMLInputElement
    if (!name) continue
    if (type === 'checkbox') values[name] = checked
    else if (type !== 'radio') values[name] = value.trim()
    else if (checked) values[name] = value
  }
  return values
}
