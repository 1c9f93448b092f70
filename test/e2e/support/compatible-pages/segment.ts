import { AnalyticsBrowser } from '@segment/analytics-next'
import type { PageOptions } from './page-options.ts'

// A shop's page with Segment's package, as its documentation says, with another host.
declare const OPTIONS: PageOptions
const { key, origin, mode } = OPTIONS
const { host, protocol } = new URL(origin)
const inBatches = {
  integrations: {
    'Segment.io': {
      apiHost: `${host}/v1`,
      protocol: protocol === 'https:' ? ('https' as const) : ('http' as const),
      deliveryStrategy: { strategy: 'batching' as const },
    },
  },
}
Object.assign(window, {
  // Otherwise where to send stands in the settings that it gets from that host.
  analytics: AnalyticsBrowser.load(
    { writeKey: key, cdnURL: origin },
    mode === 'batching' ? inBatches : {},
  ),
})
