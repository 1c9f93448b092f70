import { ATTACHMENT_TYPES, MAX_ATTACHMENT_BYTES } from '#protocol/names.ts'
import type { ChatHost, Holding } from '../kit/chat-host.ts'
import type { SendFile } from './send-file.ts'

export interface FileOnItsWay {
  readonly id: string
  readonly name: string
  readonly state: 'sending' | 'failed' | 'refused'
  /** Of it that has arrived, 0 to 1. */
  readonly share: number
}

interface OwnFile extends FileOnItsWay {
  readonly file: Blob & { readonly name: string }
  readonly stopping?: AbortController
}

/** Files that the visitor sends, until each is a message. */
export interface Files {
  readonly onTheirWay: () => readonly FileOnItsWay[]
  readonly attach: (file: Blob & { readonly name: string }) => void
  readonly again: (id: string) => void
  /** Stops one that is on its way. */
  readonly discard: (id: string) => void
  readonly forget: () => void
}

/** It comes when the first file is sent. */
export interface FilesPart {
  readonly createFiles: (deps: FilesDeps) => Files
  readonly sendFile: SendFile
}

interface FilesDeps {
  readonly host: Pick<ChatHost, 'address' | 'bodyOf' | 'newId'>
  readonly sendFile: SendFile
  readonly holding: () => Holding | undefined
  /** It has arrived: under the same id it can be said. */
  readonly arrived: (id: string, fileKey: string) => void
  readonly changed: () => void
}

export function createFiles({ host, sendFile, holding, arrived, changed }: FilesDeps): Files {
  let files: readonly OwnFile[] = []

  async function send(id: string): Promise<void> {
    const held = holding()
    const one = files.find((file) => file.id === id)
    if (!one || !held) return
    const stopping = new AbortController()
    set(id, { state: 'sending', share: 0, stopping })
    try {
      const progressed = (share: number) => set(id, { share })
      const sent = await sendFile(host, held, one.file, progressed, stopping.signal)
      if ('fileKey' in sent) {
        remove(id)
        arrived(id, sent.fileKey)
      } else set(id, { state: sent.isRefused ? 'refused' : 'failed' })
    } catch {
      // Nobody knows whether it came: sent again it is another file, and this one is never shown.
      set(id, { state: 'failed' })
    }
  }

  function set(id: string, change: Partial<OwnFile>): void {
    files = files.map((file) => (file.id === id ? { ...file, ...change } : file))
    changed()
  }

  function remove(id: string): void {
    files = files.filter((file) => file.id !== id)
  }

  return {
    onTheirWay: () => files,
    attach(file) {
      const id = host.newId()
      const isTaken =
        file.size <= MAX_ATTACHMENT_BYTES && ATTACHMENT_TYPES.some((type) => type === file.type)
      const state = isTaken ? 'sending' : 'refused'
      files = [...files, { id, file, name: file.name, state, share: 0 }]
      changed()
      if (isTaken) void send(id)
    },
    again: (id) => void send(id),
    discard(id) {
      files.find((file) => file.id === id)?.stopping?.abort()
      remove(id)
    },
    forget() {
      files = []
    },
  }
}
