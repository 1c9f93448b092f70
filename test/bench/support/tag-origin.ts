import { createServer, type IncomingMessage } from 'node:http'
import { readFileSync } from 'node:fs'
import { closeServer, listen } from './listening.ts'
import type { Tag } from './tags.ts'

export interface TagOrigin {
  readonly url: string
  /** Paths asked for since the last call, in order. */
  takeRequests(): string[]
  /** Settles when the tag's page view has arrived. */
  pageView(): Promise<void>
  stop(): Promise<void>
}

/** Where a tag comes from and sends to: its files from the packages, its server's answers made up. */
export async function openTagOrigin(tag: Tag): Promise<TagOrigin> {
  let requests: string[] = []
  let onPageView: (() => void) | undefined
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      const body = await readAll(request)
      const file = tag.files[pathname]
      requests.push(pathname)
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('access-control-allow-headers', '*')
      const isScript = file !== undefined || pathname.endsWith('.js')
      response.setHeader('content-type', isScript ? 'text/javascript' : 'application/json')
      const host = request.headers.host ?? ''
      response.end(file === undefined ? tag.answer(pathname, host, body) : readFileSync(file))
      if (tag.isPageView(pathname)) onPageView?.()
    })()
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    takeRequests() {
      const taken = requests
      requests = []
      return taken
    },
    pageView: () => new Promise((resolve) => void (onPageView = resolve)),
    stop: () => closeServer(server),
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  let body = ''
  request.setEncoding('latin1')
  for await (const chunk of request) body += String(chunk)
  return body
}
