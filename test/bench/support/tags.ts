import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A tag as a shop would install it, and what its server would answer. */
export interface Tag {
  readonly name: string
  /** Path below the tag's origin → file. What a page may fetch; `script` is the one it begins with. */
  readonly files: Readonly<Record<string, string>>
  readonly script: string
  /** JavaScript that a shop's page runs: the vendor's snippet with its first page view. */
  readonly install: (origin: string) => string
  /** The path to which its page view goes. */
  readonly isPageView: (path: string) => boolean
  /** Body of the answer to any other request, by path. */
  readonly answer: (path: string, host: string, body: string) => string
}

const GP = 'dist/public'
const POSTHOG = 'node_modules/posthog-js/dist'
const SEGMENT = 'node_modules/@segment/analytics-next/dist/umd'

/** Which of our files a page gets, from the build's own list. */
function ownFiles(): Record<string, string> {
  const chunks = existsSync(GP) ? readdirSync(GP, { recursive: true, encoding: 'utf8' }) : []
  return Object.fromEntries(
    chunks.filter((file) => file.endsWith('.js')).map((file) => [`/${file}`, join(GP, file)]),
  )
}

function filesOf(folder: string, path: string): Record<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'))
  return Object.fromEntries(files.map((file) => [`${path}/${file}`, join(folder, file)]))
}

export function ownTag(): Tag {
  return {
    name: 'gp.js',
    files: ownFiles(),
    script: '/gp.js',
    install: (origin) => `
      const script = document.createElement('script')
      script.async = true
      script.dataset.shop = 'pk_bench'
      script.dataset.consent = 'full'
      script.src = '${origin}/gp.js'
      document.head.append(script)`,
    isPageView: (path) => path === '/v1/events',
    answer: (_path, _host, body) => answerEvents(body),
  }
}

/** No tag at all, but a script that sends one request in the next task: what no tag can go below. */
export function bareTag(): Tag {
  return {
    name: 'one bare request',
    files: {},
    script: '/bare.js',
    install: (origin) => `
      const script = document.createElement('script')
      script.async = true
      script.src = '${origin}/bare.js'
      document.head.append(script)`,
    isPageView: (path) => path === '/bare',
    answer: (path, host) =>
      path === '/bare.js'
        ? `setTimeout(() => fetch('http://${host}/bare', { method: 'POST', body: '{}', keepalive: true }))`
        : '{}',
  }
}

function answerEvents(body: string): string {
  const { events }: { events: unknown[] } = JSON.parse(body)
  return JSON.stringify({
    results: events.map(() => ({ result: 'ok' })),
    decisions: { epoch: 0, active: [] },
    now: Date.now(),
  })
}

/** Session recording, surveys and the like are off in its settings, so that it does no more than track. */
export function posthogTag(): Tag {
  const config = JSON.stringify({
    supportedCompression: ['gzip-js'],
    sessionRecording: false,
    surveys: false,
    heatmaps: false,
    autocapture_opt_out: true,
    capturePerformance: false,
    autocaptureExceptions: false,
    hasFeatureFlags: false,
    featureFlags: {},
    featureFlagPayloads: {},
    flags: {},
    status: 1,
  })
  return {
    name: 'posthog-js',
    files: filesOf(POSTHOG, '/static'),
    script: '/static/array.js',
    install: (origin) => `
      window.posthog = []
      posthog.__SV = 1
      posthog._i = [['phc_bench', {
        api_host: '${origin}',
        opt_out_useragent_filter: true,
      }, 'posthog']]
      const script = document.createElement('script')
      script.async = true
      script.crossOrigin = 'anonymous'
      script.src = '${origin}/static/array.js'
      document.head.append(script)`,
    isPageView: (path) => /^\/(i\/v0\/)?e\/?$/.test(path),
    answer: (path) =>
      path.endsWith('config.js')
        ? `window._POSTHOG_REMOTE_CONFIG={phc_bench:{config:${config},siteApps:[]}}`
        : config,
  }
}

export function segmentTag(): Tag {
  return {
    name: '@segment/analytics-next',
    files: {
      ...filesOf(SEGMENT, '/analytics-next/bundles'),
      '/analytics.js/v1/bench/analytics.min.js': join(SEGMENT, 'standalone.js'),
    },
    script: '/analytics.js/v1/bench/analytics.min.js',
    install: (origin) => `
      window.analytics = [['page']]
      analytics._writeKey = 'bench'
      analytics._cdn = '${origin}'
      analytics.SNIPPET_VERSION = '5.2.1'
      const script = document.createElement('script')
      script.async = true
      script.src = '${origin}/analytics.js/v1/bench/analytics.min.js'
      document.head.append(script)`,
    isPageView: (path) => path === '/v1/p',
    answer: (path, host) =>
      path.endsWith('/settings')
        ? JSON.stringify({
            integrations: {
              'Segment.io': { apiKey: 'bench', apiHost: `${host}/v1`, protocol: 'http' },
            },
            plan: { track: { __default: { enabled: true } } },
            edgeFunction: {},
            metrics: { sampleRate: 0 },
          })
        : '{"success":true}',
  }
}

/** The bytes of the file that stands at `path`. */
export function fileOf(tag: Tag, path: string): Buffer {
  const file = tag.files[path]
  if (file === undefined) throw new Error(`${tag.name} has no ${path}: build first`)
  return readFileSync(file)
}
