import type { BrowserContext, Page } from 'playwright-core'

export interface Watch {
  /** Uncaught exceptions and unhandled rejections of any page. */
  readonly errors: readonly string[]
  /** What the tag and the page wrote to the console as warning or error. */
  readonly complaints: readonly string[]
  /** `directive blocked-address` of every breach of a Content-Security-Policy. */
  readonly violations: readonly string[]
}

/** Watches every page of `context` from its first script on, also those still to be opened. */
export async function watch(context: BrowserContext): Promise<Watch> {
  const errors: string[] = []
  const complaints: string[] = []
  const violations: string[] = []
  await context.exposeBinding(
    '__violated',
    (_, violation: string) => void violations.push(violation),
  )
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (breach) => {
      const report: unknown = Reflect.get(window, '__violated')
      const what = `${breach.effectiveDirective} ${breach.blockedURI} ${breach.sample}`
      if (typeof report === 'function') report(what)
    })
  })
  context.on('page', follow)
  for (const page of context.pages()) follow(page)

  function follow(page: Page): void {
    page.on('pageerror', (error) => void errors.push(error.stack ?? error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text())
    })
  }
  return { errors, complaints, violations }
}
