import { createServer } from 'node:http'
import { closeServer, listen } from './listening.ts'

export interface ShopOrigin {
  /** Address of a path under the shop's usual host, or another that the test names. */
  readonly url: (path: string, host?: string) => string
  /** Puts a document at `path`; what is after `?` in a request plays no part. */
  readonly serve: (path: string, body: string, headers?: Record<string, string>) => void
  readonly stop: () => Promise<void>
}

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css' }

/**
 * The shop's own web server. `*.localhost` is a secure context without a certificate, and `shop.localhost` is
 * another site than `tag.localhost`: the browser treats the tag's requests as cross-site.
 */
export async function createShopOrigin(usualHost = 'shop.localhost'): Promise<ShopOrigin> {
  const documents = new Map<string, { body: string; headers: Record<string, string> }>()
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const found = documents.get(path)
    if (found === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': typeOf(path), ...found.headers }).end(found.body)
  })
  const port = await listen(server)
  return {
    url: (path, host = usualHost) => `http://${host}:${port}${path}`,
    serve: (path, body, headers = {}) => void documents.set(path, { body, headers }),
    stop: () => closeServer(server),
  }
}

function typeOf(path: string): string {
  return `${TYPES[path.split('.')[1] ?? ''] ?? 'text/html'}; charset=utf-8`
}
