/** @jsxRuntime classic */
/** @jsx h */
import type { BotAsk, Message } from '#protocol/chat.ts'
import { h, type Child, type VNode } from '../kit/h.ts'
import { botWords } from './bot-words.ts'
import type { ChatView } from './chat-view.ts'
import { icon } from './parts/icon.tsx'
import type { Scene } from './scene.ts'

export { styles } from './bot-styles.ts'

/** What the window shows while a bot talks: its welcome, although nobody has said anything yet, and itself as who is there. */
export function seen(view: ChatView, now: number): ChatView {
  const { look, conversation, messages } = view
  const { bot } = look
  if (!talks(view)) return view
  const welcome = (bot?.said ?? []).map(({ id, text, ask }): Message => {
    const author = { kind: 'bot', name: bot?.name ?? '' } as const
    return { number: 0, id, author, at: now, kind: 'text', text, ...(ask && { ask }) }
  })
  const shown = messages.length > 0 || conversation ? messages : welcome
  const name = shown.find(({ author }) => author.kind === 'bot')?.author.name ?? bot?.name ?? ''
  return {
    ...view,
    messages: shown,
    // Files are for people.
    look: { ...look, operators: [{ id: 'bot', name }], isAnyoneThere: true, takesFiles: false },
    conversation: conversation && { ...conversation, isAnyoneThere: true },
  }
}

function talks({ look, conversation, link }: ChatView): boolean {
  return conversation ? conversation.state === 'bot' : look.bot !== undefined && link === 'none'
}

/** Below the log: what is asked for. */
export function entry(scene: Scene, composer: (scene: Scene) => VNode): Child {
  const { view, model, language } = scene
  if (!talks(view)) return composer(scene)
  const words = botWords(language)
  const ask = asked(view)
  const restart = view.conversation && (
    <button
      type="button"
      class="restart"
      onClick={() => model.say(words.restart, { restarts: true })}
    >
      {words.restart}
    </button>
  )
  if (ask?.kind === 'question') return question(scene, ask, restart)
  if (!ask || ask.kind === 'lines') return [composer(scene), restart]
  return [line(scene, ask.kind), restart]
}

/** What was said last asks, and nothing is on its way to answer it. */
function asked({ messages, unsent }: ChatView): BotAsk | undefined {
  if (unsent.some(({ state }) => state === 'waiting')) return undefined
  return [...messages].reverse().find(({ kind }) => kind !== 'notice')?.ask
}

function question({ model, language }: Scene, { step, answers = [] }: BotAsk, after: Child): VNode {
  const choose = (answer: string, text: string) => () =>
    model.say(text, { chosen: { step, answer } })
  return (
    <fieldset class="foot answers" aria-label={botWords(language).choose}>
      {answers.map(({ id, text, url }, at) => {
        const key = `${step} ${id}`
        // The window gives the focus to what is a draft.
        const name = at === 0 ? 'answer draft' : 'answer'
        return url ? (
          <a
            class={name}
            key={key}
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            onClick={choose(id, text)}
          >
            {text}
          </a>
        ) : (
          <button type="button" class={name} key={key} onClick={choose(id, text)}>
            {text}
          </button>
        )
      })}
      {after}
    </fieldset>
  )
}

const INPUTS = {
  email: { type: 'email', inputmode: 'email', autocomplete: 'email' },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel' },
  line: { type: 'text', inputmode: 'text', autocomplete: 'off' },
} as const

function line({ model, view, t, language }: Scene, kind: keyof typeof INPUTS): VNode {
  const label = botWords(language)[kind]
  return (
    <form
      class="composer"
      noValidate
      key={kind}
      onSubmit={(event) => {
        event.preventDefault()
        model.send()
      }}
    >
      <div class="entry lone">
        <input
          class="draft"
          {...INPUTS[kind]}
          aria-label={label}
          placeholder={label}
          maxlength={4000}
          enterkeyhint="send"
          onInput={(event) => model.write((event.currentTarget as HTMLInputElement).value)}
        />
        <button
          class="send"
          type="submit"
          aria-label={t('send')}
          aria-disabled={view.draft.trim() ? undefined : 'true'}
        >
          {icon('send')}
        </button>
      </div>
    </form>
  )
}
