import type { Browser } from './browser.ts'
import { createClient } from './client.ts'
import type { Callable } from './commands.ts'
import type { PlainObject } from './json.ts'
import { attempt } from './log.ts'

/** Where a second tag on the page finds the first, even where the page's own `gp` is in the way. */
const MARK = Symbol.for('granplaza')

/** The page's one tag: made and put on `window.gp`, or the one that is there already. */
export function install(browser: Browser, settings: PlainObject | undefined): Callable {
  const page = browser.window as unknown as Record<string | symbol, unknown>
  const first = page[MARK] as Callable | undefined
  if (first) {
    if (settings) void first('init', settings)
    return first
  }

  const there = page['gp'] as { q?: unknown; nodeType?: unknown } | undefined
  const calls = there?.q
  const { gp, begin } = createClient(browser, () => {
    for (const key of ['gp', MARK]) if (page[key] === gp) delete page[key]
  })
  // Frozen, both are refused, and the tag works without its commands.
  attempt(() => (page[MARK] = gp))
  // Ours are the stub, and what a browser offers of elements by their id; anything else is the page's own.
  const isFree = Array.isArray(calls) || there?.nodeType || !Object.keys(page).includes('gp')
  if (isFree) attempt(() => (page['gp'] = gp))
  begin(settings, calls)
  return gp
}
