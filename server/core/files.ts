import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Answer, Call } from './http.ts'

/** A file as it is served: whole and in memory, with the compressed forms that somebody has asked for. */
export interface ServedFile {
  readonly answer: (call: Call) => Answer | Promise<Answer>
}

interface FileRules {
  readonly type: string
  /** Its address changes with its bytes; otherwise it is asked for again after five minutes. */
  readonly isImmutable: boolean
  readonly headers?: Readonly<Record<string, string>>
}

const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)
/** Above it, the time grows faster than the file shrinks. */
const BROTLI_QUALITY = 9

type Coding = 'br' | 'gzip'

/** Compressed when it is first asked for so, in 5 ms or less for most: at a start it would be seconds for all of them. */
export function createFile(content: Buffer, rules: FileRules): ServedFile {
  const isText = /^text\/|javascript|json|svg/.test(rules.type)
  const codings: readonly Coding[] = isText ? ['br', 'gzip'] : []
  const forms = new Map<Coding, Promise<Buffer>>()
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
  const headers = {
    'content-type': rules.type,
    'cache-control': rules.isImmutable
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=300',
    etag: tag,
    vary: 'Accept-Encoding',
    ...rules.headers,
  }

  return {
    async answer(call) {
      if (isSame(call.header('if-none-match'), tag)) return { status: 304, headers }
      const accepted = acceptedEncodings(call.header('accept-encoding'))
      const coding = codings.find((name) => accepted.includes(name))
      if (coding === undefined) return { body: bytes(content), headers }
      const form = forms.get(coding) ?? compress(content, coding)
      forms.set(coding, form)
      return { body: bytes(await form), headers: { ...headers, 'content-encoding': coding } }
    },
  }
}

function compress(content: Buffer, coding: Coding): Promise<Buffer> {
  if (coding === 'gzip') return compressGzip(content, { level: 9 })
  return compressBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
}

/** Codings that the client takes, those with `q=0` left out. */
function acceptedEncodings(header: string | undefined): string[] {
  const codings = header?.toLowerCase().split(',') ?? []
  return codings.flatMap((coding) => {
    const [name = '', weight] = coding.split(';').map((part) => part.trim())
    return weight !== undefined && /^q=0(\.0*)?$/.test(weight) ? [] : [name]
  })
}

function isSame(header: string | undefined, tag: string): boolean {
  const known = header?.split(',').map((value) => value.trim().replace(/^W\//, '')) ?? []
  return known.includes(tag) || known.includes('*')
}

/** Node's pool never holds these (they are read whole or come from zlib), so the cast is sound. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return buffer as Uint8Array<ArrayBuffer>
}
