import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'
import type { PageOptions } from './page-options.ts'

// A shop's page with RudderStack's package, as its documentation says, with another host.
declare const OPTIONS: PageOptions
const { key, origin, mode } = OPTIONS
const analytics = new RudderAnalytics()
analytics.load(key, origin, { configUrl: origin, useBeacon: mode === 'beacon' })
Object.assign(window, { analytics })
