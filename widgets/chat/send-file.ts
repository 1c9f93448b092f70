import { CHAT_ATTACHMENTS_PATH } from '#protocol/names.ts'
import type { ChatHost, Holding } from '../kit/chat-host.ts'

type SentFile = { readonly fileKey: string } | { readonly isRefused: boolean }

export type SendFile = (
  host: Pick<ChatHost, 'address' | 'bodyOf'>,
  holding: Holding,
  file: Blob & { readonly name: string },
  progressed: (share: number) => void,
  signal: AbortSignal,
) => Promise<SentFile>

/** Less is not drawn anew. */
const LEAST_PROGRESS = 0.02
/** Why a file will never be taken; whatever else was said, it may be tried again. */
const ITS_FAULT = ['bad_request', 'too_large', 'forbidden', 'conflict']

/** Rejects where nobody knows whether it came. `fetch` does not tell how far it has. */
export const sendFile: SendFile = (host, holding, file, progressed, signal) =>
  new Promise((resolve, reject) => {
    // It was stopped before this file was there.
    if (signal.aborted) return reject(new Error('stopped'))
    const request = new XMLHttpRequest()
    let shown = 0
    request.open('POST', host.address(CHAT_ATTACHMENTS_PATH))
    request.upload.onprogress = ({ loaded, total }) => {
      const share = loaded / total
      if (share - shown < LEAST_PROGRESS) return
      shown = share
      progressed(share)
    }
    request.onload = () => {
      try {
        resolve(sentFileOf(request.responseText))
      } catch (error) {
        // What is no JSON is no answer of ours.
        reject(error)
      }
    }
    request.onerror = request.onabort = reject
    signal.onabort = () => request.abort()
    const head = host.bodyOf({ ...holding, name: file.name.slice(-200) || 'file' })
    request.send(new Blob([head, '\n', file], { type: 'text/plain' }))
  })

function sentFileOf(text: string): SentFile {
  const { error, fileKey } = JSON.parse(text) as { error?: { code: string }; fileKey: string }
  return error ? { isRefused: ITS_FAULT.includes(error.code) } : { fileKey }
}
