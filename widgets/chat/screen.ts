/** As the style sheet has it. */
const SMALL = '(max-width: 520px), (max-height: 480px)'

interface Screen {
  /** The window covers all of it. */
  readonly isSmall: () => boolean
  readonly stands: (isOpen: boolean) => void
  readonly end: () => void
}

/**
 * On a small screen the window is as large as what the keyboard leaves of it, and the page behind it neither scrolls nor
 * can be reached. `host`: of the window's root; `changed`: another size.
 */
export function createScreen(host: Element, isPage: boolean, changed: () => void): Screen {
  const small = matchMedia(SMALL)
  const { visualViewport, document } = window
  const { documentElement, body } = document
  let isOpen = false
  let stopHolding: (() => void) | undefined

  function fit(): void {
    const { style } = host as HTMLElement
    if (!visualViewport || !isOpen) return
    const { offsetTop, height, scale } = visualViewport
    // Whoever zooms in looks at a part of it.
    if (scale > 1.01) return
    style.setProperty('--top', `${offsetTop}px`)
    style.setProperty('--height', `${height}px`)
  }

  function hold(): () => void {
    const { overflow } = documentElement.style
    const wasInert = body.inert
    documentElement.style.overflow = 'hidden'
    body.inert = true
    return () => {
      documentElement.style.overflow = overflow
      body.inert = wasInert
    }
  }

  function settle(): void {
    const isHeld = isOpen && small.matches && !isPage
    if (isHeld && !stopHolding) stopHolding = hold()
    if (!isHeld) {
      stopHolding?.()
      stopHolding = undefined
    }
    fit()
  }

  function turned(): void {
    settle()
    changed()
  }

  small.addEventListener('change', turned)
  visualViewport?.addEventListener('resize', fit)
  visualViewport?.addEventListener('scroll', fit)
  return {
    isSmall: () => small.matches,
    stands(open) {
      isOpen = open
      settle()
    },
    end() {
      isOpen = false
      settle()
      small.removeEventListener('change', turned)
      visualViewport?.removeEventListener('resize', fit)
      visualViewport?.removeEventListener('scroll', fit)
    },
  }
}
