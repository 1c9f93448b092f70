import { jitsuAnalytics } from '@jitsu/js'
import type { PageOptions } from './page-options.ts'

// A shop's page with Jitsu's package, as its documentation says, with another host.
declare const OPTIONS: PageOptions
const { key, origin } = OPTIONS
Object.assign(window, { analytics: jitsuAnalytics({ writeKey: `${key}:page`, host: origin }) })
