import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../../../scripts/root.mjs'
import { documentOf } from '../shop-page.ts'
import type { PageOptions } from './page-options.ts'

type Client = 'segment' | 'rudder' | 'jitsu'

/** The script of a page, with the unmodified package in it, as a shop's own bundler would make it. */
export async function clientScript(client: Client, options: PageOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/e2e/support/compatible-pages', `${client}.ts`)],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    define: { OPTIONS: JSON.stringify(options), 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** A page whose script is at `script`. */
export function clientPage(script: string): string {
  return documentOf({ title: 'Lamps', head: `<script src="${script}"></script>` })
}

/** A page with Segment's snippet: it queues calls until the script that it adds has come from the host. */
export function snippetPage({ key, origin }: PageOptions): string {
  const snippet = `
    var analytics = (window.analytics = [])
    for (const name of ['track', 'page', 'identify', 'group', 'alias', 'ready']) {
      analytics[name] = (...call) => analytics.push([name, ...call])
    }
    analytics._writeKey = '${key}'
    analytics._cdn = '${origin}'
    const script = document.createElement('script')
    script.async = true
    script.src = '${origin}/analytics.js/v1/${key}/analytics.min.js'
    document.head.append(script)`
  return documentOf({ title: 'Lamps', head: `<script>${snippet}</script>` })
}
