import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { refuseLong, tooLarge } from '../../core/body.ts'
import { Refusal } from '../../core/errors.ts'
import type { Call } from '../../core/http.ts'
import { parseBounded } from '../shape.ts'

export interface ReadBody {
  readonly value: unknown
  readonly isSuspicious: boolean
  /** Length of the JSON. */
  readonly bytes: number
}

/** Before and after inflating. */
const MAX_COMPATIBLE_BYTES = 524_288

const inflate = promisify(gunzip)
const GZIP = Buffer.of(0x1f, 0x8b)
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf)
const FORM = Buffer.from('data=')

/**
 * The JSON of a request by what its bytes are. What its headers call it is not asked: the clients send JSON as a form,
 * as plain text, and gzip with and without a word of it.
 */
export async function readCompatibleBody(call: Call): Promise<ReadBody> {
  refuseLong(call.header, MAX_COMPATIBLE_BYTES)
  const sent = await call.readBody(MAX_COMPATIBLE_BYTES)
  const bytes = startsWith(sent, GZIP) ? await inflated(sent) : sent
  if (startsWith(bytes, FORM)) return parsed(fromForm(bytes))
  return parsed(startsWith(bytes, BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes)
}

/** JSON out of an address or a form: as it is, or as base64. */
export function parseEncoded(text: string): ReadBody {
  return parsed(/^\s*[{[]/.test(text) ? Buffer.from(text) : Buffer.from(text, 'base64'))
}

function parsed(bytes: Buffer): ReadBody {
  return { ...parseBounded(bytes), bytes: bytes.length }
}

/** Stops as soon as there is more than may be, however much is to come. */
async function inflated(bytes: Buffer): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: MAX_COMPATIBLE_BYTES })
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    if (isTooLarge) throw tooLarge(MAX_COMPATIBLE_BYTES)
    throw new Refusal('bad_request', 'The body begins like gzip, and is none')
  }
}

/** The field `data` of a form that begins with it; other fields are nobody's. */
function fromForm(bytes: Buffer): Buffer {
  const end = bytes.indexOf('&')
  const field = bytes.toString('utf8', FORM.length, end === -1 ? bytes.length : end)
  const json = decoded(field.replaceAll('+', ' '))
  // Base64 has plus signs of its own, which not every client encodes.
  return /^\s*[{[]/.test(json) ? Buffer.from(json) : Buffer.from(decoded(field), 'base64')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal('bad_request', 'The form is not encoded as one')
  }
}

function startsWith(bytes: Buffer, beginning: Buffer): boolean {
  return bytes.subarray(0, beginning.length).equals(beginning)
}
