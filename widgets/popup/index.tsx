import type { Known } from '#protocol/experiences.ts'
import type { PopupContent } from '#protocol/popup.ts'
import { createAnnouncer } from '../kit/announce.ts'
import { draw as drawInto } from '../kit/draw.ts'
import { focusKeeper, hasFocus } from '../kit/focus.ts'
import type { MountedWidget, SubmitOutcome, WidgetHost } from '../kit/host.ts'
import { onceSeen } from '../kit/seen.ts'
import { sheetOf } from '../kit/sheet.ts'
import { lookUp, pageColour } from '../kit/pen.ts'
import { tokensOf } from '../kit/theme.ts'
import { createWords } from '../kit/words.ts'
import type { Values } from './fields.ts'
import { labelOf, textsOf } from './label.ts'
import { makeRoom, makeRoomFor } from './make-room.ts'
import { createPopupModel, type PopupState } from './model.ts'
import { frame } from './parts/frame.tsx'
import { rareParts, ready } from './rare-parts.ts'
import type { Scene } from './scene.ts'
import { FONTS, styles } from './styles.ts'
import { createTicker } from './ticker.ts'
import { createWaysOut } from './ways-out.ts'

/** As long as the style sheet takes. */
const FADE_MS = 120

export { ready }

/** A field with a mistake, or the first of several that are one. */
const MISTAKEN = '[aria-invalid=true]:not(fieldset),[aria-invalid=true] input'

/** One for all pop-ups of the page. Like the fonts it is made ready before a pop-up is wanted, for then the visitor waits. */
const sheet = sheetOf(styles)
lookUp(FONTS)

/**
 * Draws a pop-up into the host's root, which is not yet on the page. Shown, a modal takes the focus and later gives it
 * back; a bar or a slide-in never does.
 */
export function mount(host: WidgetHost<PopupContent>): MountedWidget<PopupContent> {
  const { root } = host
  const { layout } = host.content
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const model = createPopupModel({ ...host, submit }, changed)
  const announcer = createAnnouncer(draw)
  const ticker = createTicker(draw)
  const waysOut = createWaysOut(model)
  let drawn = model.state()
  let isGone = false
  let stopWatching = () => {}

  root.adoptedStyleSheets = [sheet]
  draw()
  // It was drawn just now.
  const box = root.querySelector('.box') as HTMLElement
  const bringFocusBack = focusKeeper(box)

  function show(): void {
    if (box instanceof HTMLDialogElement) {
      box.showModal()
      // The box, not its first field: a phone would raise its keyboard over what is to be read.
      box.focus()
      // which the dialog had scrolled to already
      box.scrollTop = 0
    }
    // The page may have ended it when it lost the focus.
    if (isGone) return
    dark.addEventListener('change', draw)
    const stopMakingRoom = makeRoomFor(box)
    const stopLooking = onceSeen(box, () => {
      host.shown()
      // A modal is read out because it has the focus.
      if (layout.kind !== 'modal') announcer.say(wordsIn(box) || labelOf(drawn, wordsNow()))
    })
    stopWatching = () => {
      stopMakingRoom()
      stopLooking()
    }
  }

  function wordsNow() {
    const { content, known } = model.state()
    return createWords(host.languages, textsOf(content), known)
  }

  function draw(): void {
    if (isGone) return
    const state = model.state()
    const words = wordsNow()
    const now = host.now()
    const { known } = state
    const { language, text, money: price, unit } = words
    const offerGiven = { root, known, now, language, text, price, unit, use: model.use }
    const scene = { model, state, words, now, offerGiven }
    const tokens = tokensOf(state.content.theme, pageColour, dark.matches)
    drawInto(root, frame({ scene, layout, tokens, waysOut, said: announcer.said() }))
    drawOwn(scene)
    ticker.follow(state, now)
    drawn = state
  }

  function drawOwn({ state: { content }, words }: Scene): void {
    const { design } = content
    const slot = root.querySelector('.own')
    if (!slot || !('tree' in design)) return
    rareParts.drawOwnHtml?.(slot, {
      design,
      text: words.text,
      use: model.use,
      close: () => model.close('action'),
      send: (values) => void model.send(values),
    })
  }

  /** Without the module that they need, such blocks are left out. */
  const isReady = (content: Pick<PopupContent, 'design'>) =>
    ready(content, host.load).catch(() => {})

  async function submit(values: Values): Promise<SubmitOutcome> {
    const outcome = await host.submit(values)
    if (outcome.ok) await isReady({ design: { kind: 'blocks', blocks: outcome.thanks } })
    return outcome
  }

  function update(content: PopupContent, known: Known | undefined): void {
    model.update(content, known)
    void isReady(content).then(draw)
  }

  /** What the visitor did is drawn first, then told and focused. */
  function changed(): void {
    const before = drawn
    const hadFocus = hasFocus(box)
    draw()
    if (drawn.attempts !== before.attempts) {
      root.querySelector<HTMLElement>(MISTAKEN)?.focus()
    }
    if (drawn.thanks !== before.thanks) {
      box.scrollTop = 0
      if (hadFocus) root.querySelector<HTMLElement>('.body')?.focus()
    }
    const news = newsIn(drawn, before)
    if (news !== undefined) announcer.say(news)
  }

  function newsIn(state: PopupState, before: PopupState): string | undefined {
    const words = wordsNow()
    if (state.thanks !== before.thanks) return labelOf(state, words)
    if (state.taken && state.taken !== before.taken) return words.t(state.taken.became)
    return state.sendState === 'now' && before.sendState !== 'now' ? words.t('sending') : undefined
  }

  async function unmount(): Promise<void> {
    if (isGone) return
    isGone = true
    model.end()
    stopWatching()
    announcer.stop()
    ticker.stop()
    dark.removeEventListener('change', draw)
    await fade(box)
    bringFocusBack()
    if (box instanceof HTMLDialogElement) box.close()
    root.replaceChildren()
    makeRoom()
  }

  return { show, update, unmount }
}

/** What it has to say, without what can be done about it. */
function wordsIn(box: HTMLElement): string {
  const texts = [...box.querySelectorAll('.heading,.text')]
  return texts.map(({ textContent }) => textContent).join('. ')
}

function fade(box: HTMLElement): Promise<void> {
  box.classList.add('going')
  return new Promise((resolve) => void setTimeout(resolve, FADE_MS))
}
