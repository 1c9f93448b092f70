import type { ClaimRefusal, Decision, Known, SubmissionAnswer } from '#protocol/experiences.ts'
import {
  CLAIMS_PATH,
  EXPERIENCE_CLICKED,
  EXPERIENCE_CLOSED,
  EXPERIENCE_SHOWN,
  EXPERIENCE_SUBMITTED,
  SUBMISSIONS_PATH,
} from '#protocol/names.ts'
import type { PopupContent } from '#protocol/popup.ts'
import type {
  Closing,
  Mount,
  MountedWidget,
  Ready,
  SubmitOutcome,
  WidgetHost,
} from '#widgets/kit/host.ts'
import { BY_SHOP } from '../consent.ts'
import type { LazyHost } from '../lazy.ts'
import { notDone as no } from '../outcome.ts'
import type { Outcome } from '../types.ts'
import { createHostElement, putOnPage } from './host-element.ts'
import { createTelling } from './telling.ts'

/** Whoever is let wait longer has gone on reading. */
const PATIENCE_MS = 5_000

/** One experience from its claim until it has gone from the page. */
export interface Showing {
  readonly experienceId: string
  readonly key: string
  /** Claims and draws, once; gives what came of it. */
  draw: () => Promise<Outcome>
  update: (decided: Decision | undefined, known: Known | undefined, epoch: number) => void
  /** Ends where the page has taken it away, or the visitor has chosen what it asks for. */
  look: (choice?: unknown) => void
  end: (how: Closing) => void
}

interface AnyClaimAnswer {
  readonly isGranted?: boolean
  readonly claimId?: string
  readonly reason?: ClaimRefusal
}

interface Popup {
  readonly mount: Mount<PopupContent>
  readonly ready: Ready<PopupContent>
}

interface ShowingDeps {
  readonly host: LazyHost
  readonly decision: Decision
  readonly known: Known | undefined
  /** That it was decided in. */
  readonly epoch: number
  readonly pageViewId: string
  /** By the server's clock. */
  readonly now: () => number
  /** Its place is free. */
  readonly onOver: () => void
}

export function createShowing(deps: ShowingDeps): Showing {
  const { host, decision, pageViewId, now, onOver } = deps
  const { window, guarded } = host
  const { experienceId, variantId, key } = decision
  const ids = { experienceId, variantId }
  const tell = createTelling(host, decision)
  const { kind } = decision.content.design
  const isModal = decision.content.layout.kind === 'modal'
  let { content } = decision
  let { known, epoch } = deps
  let drawn: Promise<Outcome> | undefined
  let widget: MountedWidget<PopupContent> | undefined
  let root: ShadowRoot | undefined
  let claim: AnyClaimAnswer = {}
  let isOver = false
  let isShown = false
  let isSeen = false
  let isTypedIn = false

  async function claimAndDraw(): Promise<Outcome> {
    let stopClock = () => {}
    const late = new Promise<undefined>((resolve) => {
      stopClock = host.after(PATIENCE_MS, () => resolve(undefined))
    })
    const asked = Promise.all([host.ask(CLAIMS_PATH, { ...ids, pageViewId }), prepare()])
    const [reply, show] = (await Promise.race([asked.catch(() => undefined), late])) ?? []
    stopClock()
    claim = (reply?.answer ?? {}) as AnyClaimAnswer
    const { isGranted, reason = 'no_answer' } = claim
    if (!isOver && isGranted) show?.()
    if (isShown && !isOver) return { ok: true }
    end('gone')
    return no(isGranted ? 'not_active' : reason)
  }

  /** While the claim is under way: until it is granted, nothing is on the page. */
  async function prepare(): Promise<(() => void) | undefined> {
    const { mount, ready } = (await host.chunk('popup')) as Popup
    await ready(content, host.chunk)
    return isOver ? undefined : make(mount)
  }

  const make = guarded((mount: Mount<PopupContent>) => {
    const { document, navigator } = window
    const place = createHostElement(document, !isModal)
    root = place
    root.addEventListener('input', () => {
      isTypedIn = true
    })
    const given: WidgetHost<PopupContent> = {
      root: place,
      load: host.chunk,
      content,
      known,
      languages: [document.documentElement.lang, ...navigator.languages].filter(Boolean),
      now,
      shown: () => {
        if (!isSeen && !isOver) tell(EXPERIENCE_SHOWN, { claim_id: claim.claimId })
        isSeen = true
      },
      clicked: (what) => tell(EXPERIENCE_CLICKED, { what }),
      closed: end,
      chose: (choice) => host.consent.choose(choice, BY_SHOP),
      submit: createSubmit(),
    }
    const made = mount(given)
    widget = made
    return guarded(() => {
      putOnPage(place)
      made.show()
      isShown = true
    })
  })

  /** A form sent again because nobody answered is the same submission; with other values it is another. */
  function createSubmit(): WidgetHost<PopupContent>['submit'] {
    let last = ''
    let submissionId = ''
    return async (fields) => {
      const values = String(Object.entries(fields))
      if (values !== last) submissionId = host.newId()
      last = values
      const reply = await host.ask(SUBMISSIONS_PATH, { ...ids, submissionId, fields })
      const { status = 0, answer } = reply ?? {}
      if (status !== 200) return { ok: false, reason: reasonOf(status) }
      tell(EXPERIENCE_SUBMITTED, { submission_id: submissionId })
      return { ok: true, thanks: (answer as SubmissionAnswer | undefined)?.thanks ?? [] }
    }
  }

  /**
   * Shown as often as it may be, it leaves the set by being shown, and stays. Where the shop has changed something (it is paused,
   * or all of them are off) it goes; what was typed is the visitor's.
   */
  function isSpent(newEpoch: number): boolean {
    return isSeen && (newEpoch === epoch || (isModal && isTypedIn))
  }

  function end(how: Closing) {
    if (isOver) return
    isOver = true
    if (isShown) tell(EXPERIENCE_CLOSED, { how })
    const gone = () => {
      root?.host.remove()
      onOver()
    }
    const faded = guarded(() => widget?.unmount())()
    // What has to go goes at once; what the visitor closes may fade.
    faded?.then(gone, gone)
    if (how === 'gone' || !faded) gone()
  }

  return {
    experienceId,
    key,
    draw: () => (drawn ??= claimAndDraw()),
    update: (decided, newKnown, newEpoch) => {
      if (decided) {
        // Another kind of design needs other parts, and the visitor is reading this one.
        if (decided.content.design.kind === kind) content = decided.content
        epoch = newEpoch
      } else if (!isSpent(newEpoch)) return end('gone')
      known = newKnown
      guarded(() => widget?.update(content, known))()
    },
    look: (choice) => {
      const isAnswered = choice && JSON.stringify(content).includes('"do":"consent"')
      if (isAnswered || (isShown && !root?.host.isConnected)) end('gone')
    },
    end,
  }
}

function reasonOf(status: number): Extract<SubmitOutcome, { ok: false }>['reason'] {
  return status >= 400 && status < 500 && status !== 429 ? 'invalid' : 'offline'
}
