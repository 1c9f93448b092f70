import { colourOf, cssOf, inkOn, legible, mix } from '../kit/colour.ts'
import type { ChatHost, ChatPart, MountedChat } from '../kit/chat-host.ts'
import { draw as drawInto } from '../kit/draw.ts'
import { pageColour } from '../kit/pen.ts'
import { sheetOf } from '../kit/sheet.ts'
import { tokensOf } from '../kit/theme.ts'
import type { ChatView } from './chat-view.ts'
import { createChatModel } from './model.ts'
import { fillIcons } from './parts/icon.tsx'
import { log } from './parts/log.tsx'
import { chatWindow } from './parts/window.tsx'
import { lastNumber } from './reading.ts'
import type { BotPart, Cards, Emoji, Forms, History, HistoryPart, Scene } from './scene.ts'
import { createAlerts } from './alerts.ts'
import { createScreen } from './screen.ts'
import { styles } from './styles.ts'
import type { ChatWords } from './words/en.ts'

const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b|-(Arab|Hebr)\b/i
/** Nearer to its end than this, the log follows what comes. */
const NEAR_PX = 80

const sheet = sheetOf(styles)

/** Draws the window into the host's place. It takes the focus where the visitor opens it, and gives it back. */
export function mount(host: ChatHost): MountedChat {
  const { root, place, look } = host
  const words = host.words as ChatWords
  const { language } = host
  const dark = matchMedia('(prefers-color-scheme: dark)')
  let drawn: ChatView | undefined
  let bot: BotPart | undefined
  let forms: Forms | undefined
  let cards: Cards | undefined
  let emoji: Emoji | undefined
  let history: History | undefined
  const underWay = new Set<ChatPart>()
  let cameFrom: HTMLElement | null = null
  let isOver = false
  let isBehind = false
  const alerts = createAlerts(host)
  const model = createChatModel(host, alerts, changed, (count) => filled(words.unread, { count }))
  const screen = createScreen(root.host, host.isPage, redraw)

  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]

  function sceneOf(view: ChatView): Scene {
    const t: Scene['t'] = (key, fill = {}) => filled(words[key], fill)
    return {
      host,
      model,
      view: bot?.seen(view, host.now()) ?? view,
      t,
      text: (key, fill = {}) => filled(look.texts[key] ?? words[key], fill),
      language,
      now: host.now(),
      address: host.address,
      isPage: host.isPage,
      bot,
      forms,
      cards,
      emoji,
      history,
      insert,
      isBehind,
      scrolled,
      goToEnd,
      goBack,
    }
  }

  /** What is not needed at first comes when it is. */
  function fetchParts({ sheet: unfolded, stage, isOpen, link, files, ...view }: ChatView): void {
    if (!isOpen) return
    const messages = [...view.messages, ...(history?.messages() ?? [])]
    const hasCards = files.length > 0 || messages.some((one) => one.attachment ?? one.product)
    if (!bot && (look.bot ?? view.conversation?.state === 'bot')) {
      fetchPart('chat-bot', (loaded) => {
        bot = dressed(loaded as BotPart)
        changed()
      })
    }
    if (!forms && (unfolded === 'menu' || unfolded === 'transcript' || stage !== 'talk')) {
      fetchPart('chat-forms', (loaded) => {
        forms = dressed(loaded as Forms)
        redraw()
        if (model.view().sheet === 'menu') find('.menu button')?.focus()
        else if (!root.activeElement?.matches('.form *')) focusEntry()
      })
    }
    if (!history && (unfolded === 'history' || (link === 'none' && host.isSignedIn()))) {
      fetchPart('chat-history', (loaded) => {
        const part = dressed(loaded as HistoryPart)
        history = part.createHistory({ host, model, redraw: redrawWhole, log })
        history[model.view().sheet === 'history' ? 'begin' : 'look']()
      })
    }
    if (!cards && hasCards) {
      fetchPart('chat-cards', (loaded) => {
        cards = dressed(loaded as Cards)
        redraw()
      })
    }
    if (!emoji && unfolded === 'emoji') {
      fetchPart('chat-emoji', (loaded) => {
        emoji = dressed(loaded as Emoji)
        redraw()
        find('.emoji button')?.focus()
      })
    }
  }

  /** One that does not come is asked for again with the next change. */
  function fetchPart(name: ChatPart, then: (loaded: unknown) => void): void {
    if (underWay.has(name)) return
    underWay.add(name)
    const over = () => underWay.delete(name)
    host.part(name).then(then).then(over, over)
  }

  function dressed<Part extends { readonly styles: string }>(part: Part): Part {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheetOf(part.styles)]
    return part
  }

  function redraw(): void {
    if (isOver || !drawn) return
    drawView(model.view())
  }

  /** It may show what needs a part of its own. */
  function redrawWhole(): void {
    fetchParts(model.view())
    redraw()
  }

  function drawView(view: ChatView): void {
    const scroller = find('.scroll')
    const ownIsNew = view.unsent.length > (drawn?.unsent.length ?? 0)
    const follows = ownIsNew || !scroller || isAtEnd(scroller)
    const hasMore = lastNumber(view.messages) > lastNumber(drawn?.messages ?? [])
    isBehind = !follows && (isBehind || hasMore)
    const isLonger = view.messages[0]?.id !== drawn?.messages[0]?.id
    const below = scroller && scroller.scrollHeight - scroller.scrollTop
    const isWhole = screen.isSmall()
    const tokens = `${tokensOf(look.accent === null ? {} : { accent: look.accent }, pageColour, dark.matches)};${headerTokens()}`
    const direction = RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'
    drawInto(place, chatWindow({ scene: sceneOf(view), tokens, direction, isWhole }))
    fillIcons(place)
    // By keyboard it is scrolled, too.
    find('.scroll')?.setAttribute('tabindex', '0')
    drawn = view
    grow(view)
    if (follows) goToEnd()
    // What came before it pushes nothing away.
    else if (isLonger && below) scroller.scrollTop = scroller.scrollHeight - below
  }

  function goToEnd(): void {
    const log = find('.scroll')
    if (log) log.scrollTop = log.scrollHeight
  }

  function scrolled(): void {
    const log = find('.scroll')
    if (!log) return
    // Whoever comes to the button by keyboard presses it.
    if (log.scrollTop < NEAR_PX && !find('.scroll>:focus')) model.readEarlier()
    if (!isBehind || !isAtEnd(log)) return
    isBehind = false
    redraw()
  }

  /** The button may go with it: the log itself stays, and goes on by keyboard. */
  function goBack(): void {
    find('.scroll')?.focus()
    model.readEarlier()
  }

  /** The textarea is as high as what is in it. */
  function grow(view: ChatView): void {
    const draft = find<HTMLTextAreaElement>('.draft')
    if (!draft) return
    if (draft.value !== view.draft) draft.value = view.draft
    draft.style.height = 'auto'
    draft.style.height = `${draft.scrollHeight}px`
  }

  function changed(): void {
    if (isOver) return
    const view = model.view()
    // Nothing is drawn before it is opened first.
    if (!drawn && !view.isOpen) return
    const before = drawn
    fetchParts(view)
    const isOpening = view.isOpen && !before?.isOpen
    if (isOpening) cameFrom = document.activeElement as HTMLElement | null
    const hadFocus = root.activeElement !== null
    drawView(view)
    screen.stands(view.isOpen)
    if (isOpening) history?.look()
    if (view.sheet === 'history' && before?.sheet !== 'history') history?.begin()
    if (isOpening) focusEntry()
    else if (before?.isOpen && !view.isOpen) giveBack(hadFocus)
    else if (view.attempts !== before?.attempts) find('[aria-invalid=true]')?.focus()
    else if (hadFocus && !root.activeElement && view.isOpen) focusEntry()
    else if (view.sheet && view.sheet !== before?.sheet) find(`.${view.sheet} button`)?.focus()
    else if (before?.sheet && !view.sheet)
      find(before.sheet === 'menu' ? '#gp-chat-more' : '.draft')?.focus()
    if (view.isOpen) lookAtIt()
  }

  function focusEntry(): void {
    const entry = find('.draft') ?? find('.form input, .form textarea')
    const target = entry ?? find('.window')
    target?.focus({ preventScroll: true })
  }

  /** To whatever opened it; where that has gone, the button is as good. */
  function giveBack(hadFocus: boolean): void {
    if (!hadFocus) return
    const target = cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : undefined
    if (target && target !== root.host) target.focus({ preventScroll: true })
    else root.querySelector<HTMLElement>('.gp-launcher')?.focus({ preventScroll: true })
  }

  function insert(text: string): void {
    const draft = find<HTMLTextAreaElement>('.draft')
    if (!draft) return
    draft.setRangeText(text, draft.selectionStart, draft.selectionEnd, 'end')
    model.write(draft.value)
    model.unfold(undefined)
    draft.focus()
  }

  /** What is on the screen of somebody who looks at it was seen. */
  function lookAtIt(): void {
    if (!document.hidden) model.seen()
  }

  function headerTokens(): string {
    if (look.headerColour === null) return ''
    const ground = colourOf(look.headerColour)
    const ink = inkOn(ground)
    const face = mix(ground, ink, 0.18)
    const muted = legible(mix(ink, ground, 0.2), [ground])
    return [
      ['header', ground],
      ['on-header', ink],
      ['header-muted', muted],
      ['header-face', face],
      ['on-header-face', inkOn(face)],
    ]
      .map(([name, colour]) => `--gp-${name as string}:${cssOf(colour as typeof ground)}`)
      .join(';')
  }

  const find = <E extends HTMLElement>(selector: string) => place.querySelector<E>(selector)
  const looked = () => drawn?.isOpen && lookAtIt()

  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (model.view().sheet) model.unfold(undefined)
    else model.close()
  })
  dark.addEventListener('change', redraw)
  document.addEventListener('visibilitychange', looked)

  return {
    open({ message = '', send = false }) {
      if (message) model[send ? 'say' : 'write'](message)
      if (model.view().isOpen) focusEntry()
      else model.open()
    },
    close: model.close,
    say: model.say,
    state() {
      const { isOpen, conversation, unread, look: current } = model.view()
      const isRunning = conversation !== undefined && conversation.state !== 'closed'
      const isAnyoneThere = conversation?.isAnyoneThere ?? current.isAnyoneThere
      return { isOpen, isRunning, isAnyoneThere, unread }
    },
    recordChanged() {
      model.recordChanged()
      fetchParts(model.view())
      history?.look()
    },
    unmount() {
      isOver = true
      model.end()
      screen.end()
      alerts.end()
      dark.removeEventListener('change', redraw)
      document.removeEventListener('visibilitychange', looked)
      place.replaceChildren()
    },
  }
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight < NEAR_PX
}

function filled(text: string, fill: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole))
}
