import { SHOP_HEADER } from '#protocol/names.ts'
import type { ErrorAnswer } from '#protocol/errors.ts'
import type { Reply } from '../api.ts'

const LINE_FEED = 10

/** Saves a file that the server makes; `onLines` hears how many lines have come so far. */
export async function download(
  path: string,
  shopKey: string,
  onLines: (lines: number) => void,
): Promise<Reply<undefined>> {
  try {
    const response = await fetch(path, { headers: { [SHOP_HEADER]: shopKey } })
    if (!response.ok || response.body === null) {
      const { error } = (await response.json()) as ErrorAnswer
      const waitSeconds = Number(response.headers.get('retry-after') ?? 0)
      return { refusal: error.code, detail: error.message, waitSeconds }
    }
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let lines = 0
    const reader = response.body.getReader()
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      pieces.push(read.value)
      for (const byte of read.value) if (byte === LINE_FEED) lines += 1
      onLines(lines)
    }
    const type = response.headers.get('content-type') ?? ''
    save(new Blob(pieces, { type }), nameIn(response.headers.get('content-disposition')))
    return { value: undefined }
  } catch {
    // No connection, or it broke on the way: half a file is none.
    return { refusal: 'offline', detail: '', waitSeconds: 0 }
  }
}

function nameIn(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'granplaza'
}

/** Only a link makes a browser save what a page holds. */
function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
