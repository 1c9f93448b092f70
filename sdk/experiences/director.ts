import type { Decision, Decisions, Known } from '#protocol/experiences.ts'
import { DECISIONS_PATH } from '#protocol/names.ts'
import type { Answer } from '../answer.ts'
import type { LazyHost } from '../lazy.ts'
import type { ArmTriggers } from '../lazy/triggers.ts'
import { notDone as no } from '../outcome.ts'
import type { Outcome } from '../types.ts'
import { createShowing, type Showing } from './showing.ts'
import { hasCome, NEEDS_NO_EAR } from './has-come.ts'
import { createTact } from './tact.ts'

/** How long `gp.show` waits to hear what may be shown. */
const PATIENCE_MS = 10_000
/** How long what comes at a bad moment is put off. */
const HOLD_MS = 2_000
const LONGEST_TIMER_MS = 2e9
/** Of modals and slide-ins one at a time; of bars one an edge. */
const BOX = 'box'

interface Preview {
  readonly start: (host: LazyHost, decisions: Decisions) => void
}

export interface Director {
  show: (key: string) => Promise<Outcome>
  dismiss: (key: string) => Promise<Outcome>
}

/** Which of the active experiences is shown, and when. Whatever it begins ends with the page view. */
export function createDirector(host: LazyHost): Director {
  const { after, guarded } = host
  const { document } = host.window
  let pageViewId = ''
  let active: readonly Decision[] = []
  let names: readonly string[] = []
  let watch: readonly string[] = []
  let known: Known | undefined
  let epoch = 0
  /** When the server gave what we go by, by its clock. */
  let answeredAt = -1
  let clockOffset = 0
  /** Who waits for the first answer of this page view. */
  let waitingForAnswer: (() => void)[] = []
  let stopClock = spent
  let stopHolding = spent
  const isUntimely = createTact(host)
  let isDue = false
  /** Each once a page view: how to stop what waits for its moment. */
  const armed = new Map<string, () => void>()
  /** Their moment has come, but their place is taken. */
  const waiting = new Set<string>()
  const places = new Map<string, Showing>()

  function begin() {
    for (const stop of armed.values()) stop()
    armed.clear()
    waiting.clear()
    for (const showing of places.values()) showing.end('gone')
    stopClock()
    stopHolding()
    isDue = false
    active = names = watch = []
    known = undefined
    answeredAt = -1
    pageViewId = host.newId()
  }

  /** One that goes by its own request alone takes nothing back: what was active on this page view then stays so. */
  function accept(decisions: Decisions, now: number) {
    // Two answers may cross.
    if (now < answeredAt) return
    answeredAt = now
    clockOffset = now - host.now()
    // For whoever has a link to it, beside all that is told or counted.
    if (decisions.preview) {
      host.chunk('preview').then((loaded) => (loaded as Preview).start(host, decisions), spent)
    }
    if (!decisions.isPartial) {
      active = []
      known = undefined
    }
    epoch = decisions.epoch
    watch = decisions.watch ?? []
    if (decisions.known) known = { ...known, ...decisions.known }
    const others = active.filter(({ experienceId }) => !find(decisions.active, experienceId))
    // The greatest priority first, and then as the server has ordered them.
    active = [...decisions.active, ...others].sort((a, b) => b.priority - a.priority)
    for (const [id, stop] of armed) if (!find(active, id)) disarm(id, stop)
    for (const showing of places.values()) {
      showing.update(find(active, showing.experienceId), known, epoch)
    }
    for (const decision of active) arm(decision)
    remindOf(decisions.reconsiderAt)
    look()
    fill()
    for (const resolve of waitingForAnswer.splice(0)) resolve()
  }

  function disarm(id: string, stop: () => void) {
    stop()
    waiting.delete(id)
    // What has been shown is not armed again when it comes back.
    if (stop !== spent) armed.delete(id)
  }

  function arm(decision: Decision) {
    const { experienceId, triggers } = decision
    if (armed.has(experienceId)) return
    const notYet = () => {}
    armed.set(experienceId, notYet)
    const heard = triggers.filter(({ on }) => !NEEDS_NO_EAR.test(on))
    if (!heard[0]) return
    const listen = guarded((loaded: unknown) => {
      if (armed.get(experienceId) !== notYet) return
      const { armTriggers } = loaded as { armTriggers: ArmTriggers }
      armed.set(
        experienceId,
        armTriggers(host, heard, () => fire(experienceId)),
      )
    })
    // Without the chunk, those that need none do.
    host.chunk('triggers').then(listen, spent)
  }

  function fire(id: string) {
    const stop = armed.get(id)
    if (!stop || stop === spent) return
    stop()
    armed.set(id, spent)
    waiting.add(id)
    fill()
  }

  /** What has happened, or is known, may be what some wait for. */
  function look() {
    for (const { experienceId, triggers } of active) {
      if (triggers.some((trigger) => hasCome(trigger, names, known))) fire(experienceId)
    }
  }

  /** The greatest priority first, as the server has ordered them. Nobody sees what is drawn on a hidden page. */
  function fill() {
    if (document.hidden) return
    lookAtPlaces()
    stopHolding()
    for (const decision of active) {
      const isNext = waiting.has(decision.experienceId) && !places.has(placeOf(decision))
      if (!isNext) continue
      if (isUntimely(decision)) stopHolding = after(HOLD_MS, guarded(fill))
      else void draw(decision)
    }
  }

  function lookAtPlaces(choice?: unknown) {
    for (const showing of places.values()) showing.look(choice)
  }

  function draw(decision: Decision): Promise<Outcome> {
    const { experienceId } = decision
    const place = placeOf(decision)
    armed.get(experienceId)?.()
    armed.set(experienceId, spent)
    waiting.delete(experienceId)
    const showing = createShowing({
      host,
      decision,
      known,
      epoch,
      pageViewId,
      now: () => host.now() + clockOffset,
      onOver: () => {
        if (places.get(place) === showing) places.delete(place)
        fill()
      },
    })
    places.set(place, showing)
    return showing.draw()
  }

  /** Time alone may change the answer: then it is asked for once. All pages of a shop need not come in one moment. */
  function remindOf(at: number | undefined) {
    stopClock()
    const ms = Math.max(1_000, (at ?? Infinity) - answeredAt) + host.random() * 1_000
    if (ms < LONGEST_TIMER_MS) stopClock = after(ms, guarded(reconsider))
  }

  function reconsider() {
    isDue = document.hidden
    if (isDue) return
    const asked = pageViewId
    void host.ask(DECISIONS_PATH, {}).then(
      guarded((reply) => {
        const answer = reply?.answer as Partial<Answer> | undefined
        if (asked !== pageViewId || !answer?.decisions) return
        accept(answer.decisions, Number(answer.now))
      }),
    )
  }

  function placeOf({ content: { layout } }: Decision): string {
    return layout.kind === 'bar' ? layout.edge : BOX
  }

  const sendSoon = () => after(0, guarded(host.tabs.send))
  const hear = (answer: Answer) => {
    names = answer.names
    accept(answer.decisions, answer.now)
  }
  host.on('answered', guarded(hear))
  host.on(
    'page:viewed',
    guarded(() => {
      begin()
      // What may be shown depends on the route; with what else comes in this task.
      sendSoon()
    }),
  )
  host.on(
    'recorded',
    guarded((name: string) => {
      if (watch.includes(name)) sendSoon()
      look()
    }),
  )
  // Whoever has chosen, be it in another tab, is asked no longer. Where it was done here, it has closed itself meanwhile.
  host.on('consent:changed', (choice: unknown) => {
    after(
      0,
      guarded(() => lookAtPlaces(choice)),
    )
  })
  host.listen(document, 'visibilitychange', () => {
    if (isDue) reconsider()
    fill()
  })
  begin()
  host.onEnd(() => {
    begin()
    // No answer is newer: what is on its way comes too late.
    answeredAt = Infinity
  })
  // There by the time that they are wanted: with the event that something is shown for. What fails now is asked for again then.
  for (const name of ['popup', 'tabs'] as const) host.chunk(name).catch(spent)
  if (host.answer) hear(host.answer)

  return {
    show: async (key) => {
      if (answeredAt < 0) await answer()
      if (answeredAt < 0) return no('no_answer')
      const decision = active.find((one) => one.key === key)
      if (!decision) return no('not_active')
      lookAtPlaces()
      const showing = places.get(placeOf(decision))
      if (!showing) return draw(decision)
      return showing.experienceId === decision.experienceId ? showing.draw() : no('place_taken')
    },
    dismiss: async (key) => {
      const shown = [...places.values()].find((showing) => showing.key === key)
      shown?.end('command')
      return shown ? { ok: true } : no('not_shown')
    },
  }

  function answer(): Promise<void> {
    return new Promise((resolve) => {
      waitingForAnswer.push(resolve)
      after(PATIENCE_MS, resolve)
    })
  }
}

function find(decisions: readonly Decision[], id: string): Decision | undefined {
  return decisions.find(({ experienceId }) => experienceId === id)
}

/** In place of how to stop what has had its moment on this page view. */
function spent() {}
