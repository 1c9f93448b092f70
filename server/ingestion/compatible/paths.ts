const TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const

/** Addresses that take one event, with the type that each gives it. */
export const EVENT_PATHS: readonly (readonly [path: string, type: string])[] = [
  ...TYPES.map((type) => [`/v1/${type}`, type] as const),
  // Segment's browser client uses the first letter.
  ...TYPES.map((type) => [`/v1/${type.slice(0, 1)}`, type] as const),
  // Jitsu's, in browsers and on servers.
  ...TYPES.map((type) => [`/api/s/${type}`, type] as const),
  ...TYPES.map((type) => [`/api/s/s2s/${type}`, type] as const),
].flatMap(([path, type]) => both(path).map((it) => [it, type] as const))

/** Addresses that take a batch, whose events name their types. */
export const BATCH_PATHS: readonly string[] = [
  '/v1/batch',
  '/v1/import',
  '/v1/b',
  '/v1/batch/b',
  '/batch',
  '/b',
  // RudderStack's by beacon.
  '/beacon/v1/batch',
].flatMap(both)

export const PIXEL_PATHS: readonly (readonly [path: string, type: string])[] = [
  '/pixel/v1/track',
  '/pixel/v1/page',
].flatMap((path) => both(path).map((it) => [it, path.slice('/pixel/v1/'.length)] as const))

export const METRICS_PATHS: readonly string[] = both('/v1/m')

export const SETTINGS_PATHS: readonly string[] = [
  '/v1/projects/:key/settings',
  '/v1/projects/projects/:key/settings',
  '/projects/:key/settings',
].flatMap(both)

export const SOURCE_CONFIG_PATHS: readonly string[] = both('/sourceConfig')

export const SCRIPT_PATH = '/analytics.js/v1/:key/analytics.min.js'
/** Where the build puts Segment's script, and where the script looks for its parts. */
export const SCRIPT_FILE = '/analytics-next/bundles/standalone.js'

/** With and without the final slash. */
function both(path: string): string[] {
  return [path, `${path}/`]
}
