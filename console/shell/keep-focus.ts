/** What had the focus, and where that was. */
interface Stop {
  readonly at: HTMLElement
  /** What holds it, the nearest first, up to its part of the page; none: it is such a part, or of the frame around pages. */
  readonly within: readonly HTMLElement[]
  /** What could have had the focus before it, the nearest first. */
  readonly before: readonly HTMLElement[]
}

/** Each is gone by itself: a menu, what was said, a dialog. What stands in another is no place beside it. */
const PARTS = '[role=dialog], [role=menu], .toasts, main'
const STOPS =
  'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]'
const MOST_STOPS = 8
const MOST_BEFORE = 40

/**
 * Whoever goes by keyboard and presses what is then gone, as a row is that they removed, goes on beside it: browsers would
 * leave them nowhere. Dialogs and pages move the focus themselves, and go first. Returns `stop`.
 */
export function keepFocus(page: Document): () => void {
  let stops: readonly Stop[] = []
  let isByKeys = false
  /** A key that repeats itself would press what comes next. */
  let isKeyDown = false

  function seen({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || target === page.body) return
    stops = [stopAt(target), ...stops].slice(0, MOST_STOPS)
  }

  function isLost(): boolean {
    const [latest] = stops
    const isNowhere = page.activeElement === null || page.activeElement === page.body
    if (latest === undefined || latest.at.isConnected) return false
    // The frame is another on a phone: nobody pressed that.
    return isByKeys && !isKeyDown && isNowhere && latest.within.length > 0
  }

  function look(): void {
    if (!isLost()) return
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (isLost()) placeBeside(stops)?.focus()
      }),
    )
  }

  const pressed = () => {
    isByKeys = true
    isKeyDown = true
  }
  const released = () => {
    isKeyDown = false
    look()
  }
  const pointed = () => {
    isByKeys = false
  }
  const changes = new MutationObserver(look)
  changes.observe(page.body, { childList: true, subtree: true })
  page.addEventListener('focusin', seen)
  page.addEventListener('keydown', pressed, true)
  page.addEventListener('keyup', released, true)
  page.addEventListener('pointerdown', pointed, true)
  return () => {
    changes.disconnect()
    page.removeEventListener('focusin', seen)
    page.removeEventListener('keydown', pressed, true)
    page.removeEventListener('keyup', released, true)
    page.removeEventListener('pointerdown', pointed, true)
  }
}

function stopAt(at: HTMLElement): Stop {
  const part = at.closest<HTMLElement>(PARTS)
  if (part === null || part === at) return { at, within: [], before: [] }
  const within: HTMLElement[] = []
  for (let one = at.parentElement; one !== null; one = one.parentElement) {
    within.push(one)
    if (one === part) break
  }
  const all = stopsIn(part)
  const before = all.slice(0, Math.max(0, all.indexOf(at))).toReversed()
  return { at, within, before: before.slice(0, MOST_BEFORE) }
}

/** Where the latest was, or where one came from to it. */
function placeBeside(stops: readonly Stop[]): HTMLElement | undefined {
  for (const { at, within, before } of stops) {
    if (at.isConnected && isShown(at)) return at
    const previous = before.find((one) => one.isConnected && isShown(one))
    const around = within.filter(({ isConnected }) => isConnected).map(stopsIn)
    const nearest = around.find(({ length }) => length > 0)
    const next = nearest?.find((one) => previous === undefined || follows(one, previous))
    const found = next ?? nearest?.at(-1)
    if (found !== undefined) return found
  }
  return undefined
}

function stopsIn(part: HTMLElement): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(STOPS)].filter(isShown)
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}

function follows(one: Node, other: Node): boolean {
  return (other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}
