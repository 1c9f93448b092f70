import { createHash } from 'node:crypto'
import { SaxesParser } from 'saxes'
import { Refusal, StartError } from './errors.ts'
import type { FileStore } from './file-store.ts'
import type { Log } from './log.ts'
import type { S3Settings } from './s3-settings.ts'

/** As on disk: of our own making, so that no name leads anywhere else. */
const NAME = /^[\w-]{16,64}$/
const PATIENCE_MS = 20_000
/** Of answers that say "not now"; each waits longer. */
const RETRIES = 3

interface Listing {
  readonly files: readonly { readonly key: string; readonly writtenAt: number }[]
  readonly next: string | undefined
}

/** In a bucket of a store that speaks S3. What it does not do now may be tried again by whoever asked. */
export async function createS3FileStore(
  settings: S3Settings,
  log: Pick<Log, 'warn'>,
): Promise<FileStore> {
  const { url, accessKeyId, secretAccessKey, region } = settings
  const AwsClient = await clientKind()
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    region,
    service: 's3',
    retries: RETRIES,
  })
  const [, bucket = '', ...parts] = url.pathname.split('/')
  const prefix = parts.map((part) => `${part}/`).join('')

  async function ask(address: URL, method: string, content?: Uint8Array): Promise<Response> {
    const body = content === undefined ? undefined : new Uint8Array(content)
    const answer = await client
      .fetch(address.href, {
        method,
        // Never as anything that a browser would show, should the bucket be open to all.
        headers: {
          'x-amz-content-sha256': createHash('sha256')
            .update(body ?? '')
            .digest('hex'),
          ...(body !== undefined && { 'content-type': 'application/octet-stream' }),
        },
        ...(body !== undefined && { body }),
        // Our signature is for this host alone.
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      .catch((error: unknown) => {
        throw unavailable(error)
      })
    const isMissing = answer.status === 404 && method !== 'PUT'
    if (answer.ok || isMissing) return answer
    const said = (await answer.text().catch(() => '')).slice(0, 300)
    throw unavailable(new Error(`${answer.status} ${said}`))
  }

  /** Whoever runs the server reads why; whoever asked learns nothing of the store. */
  function unavailable(error: unknown): Refusal {
    log.warn({ err: error }, 'The store of files did not do what it was asked')
    return new Refusal('unavailable', 'Files can be neither kept nor read now; try again', {
      retryAfterSeconds: 5,
    })
  }

  function addressOf(name: string): URL {
    if (!NAME.test(name)) throw new Error('A file’s name must be one that we made')
    return new URL(`${url.pathname}/${name}`, url)
  }

  async function list(after: string | undefined): Promise<Listing> {
    const address = new URL(`/${bucket}`, url)
    address.searchParams.set('list-type', '2')
    address.searchParams.set('prefix', prefix)
    if (after !== undefined) address.searchParams.set('continuation-token', after)
    return readListing(await (await ask(address, 'GET')).text())
  }

  return {
    async write(name, content) {
      await ask(addressOf(name), 'PUT', content)
    },
    async read(name) {
      const answer = await ask(addressOf(name), 'GET')
      if (answer.status === 404) return undefined
      return Buffer.from(await answer.arrayBuffer())
    },
    async remove(name) {
      await ask(addressOf(name), 'DELETE')
    },
    async *olderThan(before) {
      let after: string | undefined
      do {
        const { files, next } = await list(after)
        for (const { key, writtenAt } of files) {
          const name = key.slice(prefix.length)
          if (key.startsWith(prefix) && NAME.test(name) && writtenAt < before) yield name
        }
        after = next
      } while (after !== undefined)
    },
  }
}

async function clientKind() {
  try {
    return (await import('aws4fetch')).AwsClient
  } catch (error) {
    throw new StartError(
      'FILES_URL needs an optional package: run npm install --include=optional',
      {
        cause: error,
      },
    )
  }
}

/** `ListObjectsV2`’s answer. */
function readListing(text: string): Listing {
  const files: { key: string; writtenAt: number }[] = []
  let next: string | undefined
  let said = ''
  let key = ''
  const parser = new SaxesParser()
  parser.on('opentag', () => {
    said = ''
  })
  parser.on('text', (part) => {
    said += part
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'Key') key = said
    if (name === 'LastModified') files.push({ key, writtenAt: Date.parse(said) })
    if (name === 'NextContinuationToken') next = said
    said = ''
  })
  parser.write(text).close()
  return { files, next }
}
