import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface S3Server {
  /** Of a bucket of it. */
  readonly url: URL
  readonly files: Map<string, { readonly content: Buffer; readonly writtenAt: number }>
  /** What it answers to the next requests instead, one status each. */
  readonly refuse: (statuses: readonly number[]) => void
  readonly close: () => Promise<void>
}

const PAGE = 2

/**
 * One bucket of what S3 speaks: PUT, GET, DELETE and lists of two a page. Written to AWS's description of Signature
 * Version 4 with Node's own hashes, so that it agrees with no library by sharing its faults.
 */
export async function startS3Server(secret: string): Promise<S3Server> {
  const files: S3Server['files'] = new Map()
  let refusals: number[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      const { status, text } = answerTo(request, body)
      response.writeHead(status).end(text)
    })()
  })

  function answerTo(request: IncomingMessage, body: Buffer): Answer {
    const refused = refusals.shift()
    if (refused !== undefined) return { status: refused, text: '<Error/>' }
    if (!isSigned(request, body, secret)) return { status: 403, text: '<Error/>' }
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
    if (pathname === '/bucket') return { status: 200, text: listOf(searchParams) }
    const key = pathname.replace('/bucket/', '')
    if (request.method === 'PUT') files.set(key, { content: body, writtenAt: Date.now() })
    if (request.method === 'DELETE') files.delete(key)
    if (request.method !== 'GET') return { status: request.method === 'PUT' ? 200 : 204, text: '' }
    const found = files.get(key)
    return found === undefined
      ? { status: 404, text: '<Error/>' }
      : { status: 200, text: found.content }
  }

  function listOf(asked: URLSearchParams): string {
    const after = asked.get('continuation-token') ?? ''
    const prefix = asked.get('prefix') ?? ''
    const keys = [...files.keys()].filter((key) => key.startsWith(prefix) && key > after)
    const shown = keys.toSorted().slice(0, PAGE)
    const contents = shown.map((key) => {
      const writtenAt = new Date(files.get(key)?.writtenAt ?? 0).toISOString()
      return `<Contents><Key>${key}</Key><LastModified>${writtenAt}</LastModified></Contents>`
    })
    const isMore = keys.length > shown.length
    const next = isMore ? `<NextContinuationToken>${shown.at(-1)}</NextContinuationToken>` : ''
    return `<?xml version="1.0"?><ListBucketResult>${next}${contents.join('')}</ListBucketResult>`
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/bucket/chat`),
    files,
    refuse: (statuses) => void (refusals = [...statuses]),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Answer {
  readonly status: number
  readonly text: string | Buffer
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/(?<day>\d{8})\/(?<region>[^/]+)\/s3\/aws4_request, SignedHeaders=(?<names>[a-z\d;-]+), Signature=(?<signature>[\da-f]{64})$/

/** Signature Version 4: of this very content, host and time, by whoever has the secret. */
function isSigned({ method, url = '', headers }: IncomingMessage, body: Buffer, secret: string) {
  const {
    day = '',
    region = '',
    names = '',
    signature,
  } = SIGNATURE.exec(headers.authorization ?? '')?.groups ?? {}
  const time = String(headers['x-amz-date'])
  const hash = createHash('sha256').update(body).digest('hex')
  const isWhole = ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) =>
    names.split(';').includes(name),
  )
  if (!isWhole || !time.startsWith(day) || headers['x-amz-content-sha256'] !== hash) return false
  const { pathname, searchParams } = new URL(url, 'http://s3')
  const query = [...searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&')
  const told = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const canonical = [method, pathname, query, told.join(''), names, hash].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const hashed = createHash('sha256').update(canonical).digest('hex')
  const signed = ['AWS4-HMAC-SHA256', time, scope, hashed].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (made, part) => createHmac('sha256', made).update(part).digest(),
    `AWS4${secret}`,
  )
  return createHmac('sha256', key).update(signed).digest('hex') === signature
}
