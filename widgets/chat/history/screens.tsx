/** @jsxRuntime classic */
/** @jsx h */
import type { EarlierConversation } from '#protocol/chat-history.ts'
import { h, type Child, type VNode } from '../../kit/h.ts'
import type { HistoryDeps, Scene } from '../scene.ts'
import type { HistoryModel, Trouble } from './model.ts'
import type { HistoryWords } from './words.ts'

interface Drawing extends Pick<HistoryDeps, 'log'> {
  readonly scene: Scene
  readonly history: HistoryModel
  readonly words: HistoryWords
}

export function screens(drawing: Drawing): Child {
  const { step } = drawing.history.view()
  if (step === 'reading') return reading(drawing)
  return (
    <div class={step === 'list' ? 'past' : 'past form'} key={step}>
      <h3 class="past-title" tabIndex={-1}>
        {drawing.words.title}
      </h3>
      {step === 'list' ? list(drawing) : step === 'email' ? emailForm(drawing) : codeForm(drawing)}
    </div>
  )
}

function list(drawing: Drawing): Child {
  const { scene, history, words } = drawing
  const { items, hasMore, isBusy, trouble } = history.view()
  return [
    items.length > 0 && <ul key="items">{items.map((item) => row(drawing, item))}</ul>,
    <output class="quietly" key="state">
      {isBusy && items.length === 0 ? words.loading : ''}
      {!isBusy && !trouble && items.length === 0 ? words.empty : ''}
    </output>,
    failure(drawing),
    <div class="all" key="all">
      {hasMore && quiet(words.more, history.more)}
      {quiet(words.ask, history.askForCode)}
      {quiet(scene.t('back'), history.back)}
    </div>,
  ]
}

function row({ scene, history, words }: Drawing, item: EarlierConversation): VNode {
  const { id, state, lastAt, lastText, lastAuthor } = item
  const when = new Intl.DateTimeFormat(scene.language, { dateStyle: 'medium', timeStyle: 'short' })
  const isRunning = state !== 'closed'
  const who = lastAuthor === 'visitor' ? `${scene.t('you')}: ` : ''
  return (
    <li key={id}>
      <button type="button" onClick={() => history.open(item)}>
        <span class="when">{when.format(lastAt)}</span>
        <span class={isRunning ? 'how on' : 'how'}>{isRunning ? words.running : words.ended}</span>
        <span class="last" dir="auto">
          {lastText === null ? words.nothing : who + lastText}
        </span>
      </button>
    </li>
  )
}

/** The log as the window draws it, with nothing to write in. */
function reading({ scene, history, words, log }: Drawing): Child {
  const { read, isReadOnly } = history.view()
  if (!read) return undefined
  const conversation = { ...read.conversation, queuePosition: null }
  const { messages } = read
  const over = { unsent: [], files: [], typist: undefined, isWhole: true, hasEarlier: false }
  return [
    log({ ...scene, view: { ...scene.view, ...over, messages, conversation } }),
    <div class="foot" key="foot">
      {isReadOnly && <p>{words.readOnly}</p>}
      <button type="button" class="button past-title" onClick={history.back}>
        {scene.t('back')}
      </button>
    </div>,
  ]
}

function emailForm(drawing: Drawing): VNode {
  const { scene, history, words } = drawing
  return (
    <form noValidate onSubmit={(event) => history.sendCode(valueOf(event))}>
      <p>{words.askText}</p>
      {field(drawing, scene.t('email'), { type: 'email', autocomplete: 'email' })}
      {submit(drawing, words.send)}
      {quiet(scene.t('back'), history.back)}
    </form>
  )
}

function codeForm(drawing: Drawing): VNode {
  const { scene, history, words } = drawing
  const { email } = history.view()
  return (
    <form noValidate onSubmit={(event) => history.showCode(valueOf(event))}>
      <p>{words.codeText.replace('{email}', email)}</p>
      {field(drawing, words.code, {
        type: 'text',
        class: 'digits',
        inputmode: 'numeric',
        maxlength: 6,
        autocomplete: 'one-time-code',
      })}
      {submit(drawing, words.show)}
      {quiet(words.again, () => history.sendCode(email))}
      {quiet(scene.t('back'), history.back)}
    </form>
  )
}

function field(drawing: Drawing, label: string, attributes: Record<string, unknown>): VNode {
  const { trouble } = drawing.history.view()
  const isWrong = trouble && trouble !== 'failed' && trouble !== 'tooMany'
  return (
    <div class="field">
      <label class="label" for="gp-past">
        {label}
      </label>
      <input
        id="gp-past"
        name="past"
        required
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? 'gp-past-bad' : undefined}
        {...attributes}
      />
      {failure(drawing)}
    </div>
  )
}

function failure(drawing: Drawing): Child {
  const { trouble } = drawing.history.view()
  return (
    trouble && (
      <p class="bad" id="gp-past-bad" role="alert" key="bad">
        {troubleText(drawing, trouble)}
      </p>
    )
  )
}

function troubleText({ scene, words }: Drawing, trouble: Trouble): string {
  return trouble === 'wrong' || trouble === 'tooMany' ? words[trouble] : scene.t(trouble)
}

function submit({ scene, history }: Drawing, label: string): VNode {
  const { isBusy } = history.view()
  return (
    <button type="submit" class="button" aria-disabled={isBusy ? 'true' : undefined}>
      {isBusy ? scene.t('sending') : label}
    </button>
  )
}

function quiet(label: string, choose: () => void): VNode {
  return (
    <button type="button" class="button quiet" key={label} onClick={choose}>
      {label}
    </button>
  )
}

function valueOf(event: Event): string {
  event.preventDefault()
  const form = event.currentTarget as HTMLFormElement
  return (form.elements.namedItem('past') as HTMLInputElement).value.trim()
}
