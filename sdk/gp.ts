import { takeBrowser } from './browser.ts'
import { install } from './install.ts'
import { attempt } from './log.ts'
import { scriptSettings } from './settings.ts'

// The tag, run from its script element: the page must never notice if it fails.
attempt(() => {
  const settings = attempt(() => scriptSettings(document))
  install(takeBrowser(window), settings)
})
