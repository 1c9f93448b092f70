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
import type { Closing, Mount, MountedWidget, SubmitOutcome, WidgetHost } from '#widgets/kit/host.ts'
import type { LazyHost } from '../lazy.ts'
import { notDone as no } from '../outcome.ts'
import type { Outcome } from '../types.ts'
import { createHostElement } from './host-element.ts'
import { createTelling } from './telling.ts'

/** Whoever is let wait longer has gone on reading. */
const PATIENCE_MS = 5_000

/** One experience from its claim until it has gone from the page. */
export interface Showing {
  readonly experienceId: string
  readonly key: string
  /** Claims and draws, once; gives what came of it. */
  draw: () => Promise<Outcome>
  isDrawn: () => boolean
  update: (content: PopupContent, known: Known | undefined) => void
  /** It may not be shown any more. */
  leave: () => void
  end: (how: Closing) => void
}

interface AnyClaimAnswer {
  readonly isGranted?: boolean
  readonly claimId?: string
  readonly reason?: ClaimRefusal
}

interface ShowingDeps {
  readonly host: LazyHost
  readonly decision: Decision
  readonly known: Known | undefined
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
  let { content } = decision
  let { known } = deps
  let drawn: Promise<Outcome> | undefined
  let widget: MountedWidget<PopupContent> | undefined
  let remove = () => {}
  let isOver = false
  let isSeen = false
  /** Its impression has been answered, and it may go on. */
  let isLasting = false

  async function claimAndDraw(): Promise<Outcome> {
    let stopClock = () => {}
    const late = new Promise<undefined>((resolve) => {
      stopClock = host.after(PATIENCE_MS, () => resolve(undefined))
    })
    const parts = Promise.all([host.ask(CLAIMS_PATH, { ...ids, pageViewId }), host.chunk('popup')])
    const [reply, module] = (await Promise.race([parts.catch(() => undefined), late])) ?? []
    stopClock()
    const { isGranted, claimId, reason = 'no_answer' } = (reply?.answer ?? {}) as AnyClaimAnswer
    if (!isOver && isGranted) draw((module as { mount: Mount<PopupContent> }).mount, claimId)
    if (widget && !isOver) return { ok: true }
    end('gone')
    return no(isGranted ? 'not_active' : reason)
  }

  const draw = guarded((mount: Mount<PopupContent>, claimId: string | undefined) => {
    const { document, navigator } = window
    const element = createHostElement(document, content.layout.kind !== 'modal')
    remove = element.remove
    const given: WidgetHost<PopupContent> = {
      root: element.root,
      content,
      known,
      languages: [document.documentElement.lang, ...navigator.languages].filter(Boolean),
      now,
      shown: () => {
        if (!isSeen && !isOver) tell(EXPERIENCE_SHOWN, { claim_id: claimId })
        isSeen = true
      },
      clicked: (what) => tell(EXPERIENCE_CLICKED, { what }),
      closed: end,
      submit: createSubmit(),
    }
    widget = mount(given)
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

  function end(how: Closing) {
    if (isOver) return
    isOver = true
    if (widget) tell(EXPERIENCE_CLOSED, { how })
    const gone = () => {
      remove()
      onOver()
    }
    const faded = guarded(() => widget?.unmount())()
    // What has to go goes at once; what the visitor closes may fade.
    if (how === 'gone' || !faded) gone()
    else void faded.then(gone, gone)
  }

  return {
    experienceId,
    key,
    draw: () => (drawn ??= claimAndDraw()),
    isDrawn: () => !!widget,
    update: (newContent, newKnown) => {
      content = newContent
      known = newKnown
      isLasting = isSeen
      guarded(() => widget?.update(content, known))()
    },
    leave: () => {
      // Shown as often as it may be, it leaves the set by being shown: what is seen stays then.
      if (!isSeen || isLasting) end('gone')
    },
    end,
  }
}

function reasonOf(status: number): Extract<SubmitOutcome, { ok: false }>['reason'] {
  return status >= 400 && status < 500 && status !== 429 ? 'invalid' : 'offline'
}
