import type { IncomingMessage } from 'node:http'
import { Refusal } from './errors.ts'

const LINE_BREAK = 0x0a

/** What stands before the first line break of a body that Node receives. What has come beyond it is put back, to be read next. */
export function readLine(incoming: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    incoming.on('data', onData)
    incoming.once('end', onEnd)
    incoming.once('close', onEnd)
    incoming.once('error', onEnd)

    function onData(chunk: Buffer): void {
      const end = chunk.indexOf(LINE_BREAK)
      const piece = end < 0 ? chunk : chunk.subarray(0, end)
      length += piece.length
      if (end < 0 && length <= limitBytes) return void chunks.push(chunk)
      stop()
      if (end < 0 || length > limitBytes) return reject(noLine())
      const rest = chunk.subarray(end + 1)
      if (rest.length > 0) incoming.unshift(rest)
      resolve(Buffer.concat([...chunks, piece]))
    }
    function onEnd(): void {
      stop()
      reject(noLine())
    }
    function stop(): void {
      incoming.pause()
      incoming.off('data', onData)
      incoming.off('end', onEnd)
      incoming.off('close', onEnd)
      incoming.off('error', onEnd)
    }
  })
}

function noLine(): Refusal {
  return new Refusal('bad_request', 'Send JSON, a line break, and the file')
}
