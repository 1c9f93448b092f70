import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { kilobytes, printTable, ratio } from './support/table.ts'
import { fileOf, ownTag, posthogTag, segmentTag } from './support/tags.ts'

// What a page downloads to track, at the strongest compression, and the ratio of gzip to ours.

interface Row {
  readonly what: string
  readonly bytes: Buffer
  readonly aim?: string
}

const own = ownTag()
const lazy = Object.keys(own.files).filter((path) =>
  /^\/gp\/[^/]+\/(?!(?:gp|snippet)\.js$)[^/]+\.js$/.test(path),
)
const posthog = posthogTag()
const segment = segmentTag()

const rows: Row[] = [
  { what: 'gp.js', bytes: fileOf(own, own.script), aim: '8 kB' },
  { what: 'the stub, inline', bytes: fileOf(own, '/snippet.js'), aim: '0.6 kB' },
  ...lazy.map((path) => ({
    what: `${path.split('/').at(-1)}, when needed`,
    bytes: fileOf(own, path),
    aim: '3 kB',
  })),
  { what: 'posthog-js, array.js', bytes: fileOf(posthog, posthog.script) },
  { what: 'posthog-js, array.full.js', bytes: fileOf(posthog, '/static/array.full.js') },
  { what: '@segment/analytics-next, standalone.js', bytes: fileOf(segment, segment.script) },
]

const ours = gzipped(fileOf(own, own.script))
printTable(
  ['file', 'gzip', 'brotli', 'raw', 'gzip to ours', 'aim'],
  rows.map(({ what, bytes, aim = '' }) => [
    what,
    kilobytes(gzipped(bytes)),
    kilobytes(brotlied(bytes)),
    kilobytes(bytes.length),
    ratio(gzipped(bytes), ours),
    aim,
  ]),
)

function gzipped(bytes: Buffer): number {
  return gzipSync(bytes, { level: 9 }).length
}

function brotlied(bytes: Buffer): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
}
