import { connect, type Socket, type NetConnectOpts } from 'node:net'
import { Refusal } from './errors.ts'
import type { Log } from './log.ts'

/** Where a clamd listens. */
export type ClamdAddress =
  | { readonly path: string }
  | { readonly host: string; readonly port: number }

/** Resolves where nothing was found. Refuses what is infected (`bad_request`), and all where nobody can say (`unavailable`). */
export type ScanFile = (content: Buffer) => Promise<void>

interface ScannerDeps {
  readonly log: Pick<Log, 'error' | 'warn'>
  readonly timeoutMs?: number
}

const USUAL_PORT = 3_310
/** A clamd that reads its signatures anew answers late. */
const TIMEOUT_MS = 30_000
const CHUNK_BYTES = 65_536
const MAX_ANSWER_BYTES = 4_096
const RETRY_AFTER_SECONDS = 30

/** `tcp://host:port` or `unix:///path`; undefined: not set, or wrong, which `complaints` then say. */
export function readClamdAddress(
  text: string | undefined,
  complaints: string[],
): ClamdAddress | undefined {
  if (text === undefined || text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const { protocol, hostname = '', port = '', pathname = '', search = '', hash = '' } = url ?? {}
  const isPlain = search === '' && hash === '' && url?.username === '' && url.password === ''
  const path = decoded(pathname)
  if (isPlain && protocol === 'unix:' && hostname === '' && path !== undefined && path !== '/') {
    return { path }
  }
  if (isPlain && protocol === 'tcp:' && hostname !== '' && /^\/?$/.test(pathname)) {
    return { host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || USUAL_PORT) }
  }
  complaints.push('CLAMD_URL must be like tcp://clamav:3310 or unix:///run/clamav/clamd.ctl')
  return undefined
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname) || undefined
  } catch {
    return undefined
  }
}

/** Asks a clamd about each file, as `INSTREAM` in the protocol of clamd(8). */
export function createScanner(address: ClamdAddress, deps: ScannerDeps): ScanFile {
  const { log, timeoutMs = TIMEOUT_MS } = deps
  return async (content) => {
    const answer = await ask(address, content, timeoutMs).catch((error: unknown) => {
      log.error({ err: error }, 'CLAMD_URL does not answer: files are refused')
      throw notNow()
    })
    if (answer === 'stream: OK') return
    const [, signature] = /^stream: (.+) FOUND$/.exec(answer) ?? []
    if (signature === undefined) {
      log.error({ answer }, 'clamd cannot say whether a file is infected: it was refused')
      throw notNow()
    }
    log.warn({ signature }, 'An infected file was refused')
    throw new Refusal('bad_request', 'A virus was found in this file: it was not taken')
  }
}

function notNow(): Refusal {
  return new Refusal('unavailable', 'Files cannot be checked for viruses now: try again later', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}

/** Its answer, without the zero byte that ends it. */
function ask(address: ClamdAddress, content: Buffer, timeoutMs: number): Promise<string> {
  const options: NetConnectOpts = { ...address }
  const socket = connect(options)
  const answer = answerOf(socket)
  const isLate = setTimeout(() => socket.destroy(new Error('No answer in time')), timeoutMs)
  socket.write('zINSTREAM\0')
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    const chunk = content.subarray(at, at + CHUNK_BYTES)
    socket.write(lengthOf(chunk))
    socket.write(chunk)
  }
  // A length of zero ends it. Not `end`: clamd would take a half-closed connection for a broken one.
  socket.write(Buffer.alloc(4))
  return answer.finally(() => {
    clearTimeout(isLate)
    socket.destroy()
  })
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('Hung up without an answer')))
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk])
      const end = heard.indexOf(0)
      if (end >= 0) resolve(heard.subarray(0, end).toString())
      else if (heard.length > MAX_ANSWER_BYTES) reject(new Error('An answer without an end'))
    })
  })
}

function lengthOf(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(chunk.length)
  return length
}
