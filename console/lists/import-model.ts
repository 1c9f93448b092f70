import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { AddressKind, ListImport, Mapping } from '#protocol/customers.ts'
import type { Refused, Reply } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'

/** As `protocol/customers.ts` bounds it. */
const MAX_BYTES = 20 * 1024 * 1024
const EVERY_MS = 500

/** Reads a file into a list: it is looked at, its columns are chosen, and then it is read. */
export interface ImportModel {
  readonly step: ReadonlySignal<'choose' | 'uploading' | 'columns' | 'running' | 'done'>
  /** What was uploaded, and how far it is read. */
  readonly found: ReadonlySignal<ListImport | undefined>
  readonly mapping: ReadonlySignal<Mapping>
  /** What is wrong before anything is asked. */
  readonly fault: ReadonlySignal<MessageKey | undefined>
  readonly refused: ReadonlySignal<Refused | undefined>
  readonly hasColumn: ReadonlySignal<boolean>
  readonly upload: (file: Blob) => Promise<void>
  readonly map: (kind: AddressKind, column: string) => void
  readonly start: () => Promise<void>
  /** Another file. */
  readonly again: () => void
  readonly stop: () => void
}

interface ImportModelDeps {
  readonly upload: (file: Blob) => Promise<Reply<ListImport>>
  readonly start: (importId: string, mapping: Mapping) => Promise<Reply<ListImport>>
  readonly read: (importId: string) => Promise<Reply<ListImport>>
  readonly onDone: () => void
  /** Runs `act` later; returns what stops it. */
  readonly after: (ms: number, act: () => void) => () => void
}

export function createImportModel(deps: ImportModelDeps): ImportModel {
  const step = signal<'choose' | 'uploading' | 'columns' | 'running' | 'done'>('choose')
  const found = signal<ListImport | undefined>(undefined)
  const mapping = signal<Mapping>({})
  const fault = signal<MessageKey | undefined>(undefined)
  const refused = signal<Refused | undefined>(undefined)
  let stopWaiting: () => void = () => undefined
  let isOver = false

  function show(read: ListImport): void {
    batch(() => {
      found.value = read
      step.value = read.state === 'done' ? 'done' : 'running'
    })
    if (read.state === 'done') deps.onDone()
    else if (!isOver) stopWaiting = deps.after(EVERY_MS, () => void look(read.id))
  }

  async function look(importId: string): Promise<void> {
    const reply = await deps.read(importId)
    if (isOver || step.value !== 'running') return
    if (reply.refusal === undefined) show(reply.value)
    else if (reply.refusal === 'offline' && found.value !== undefined) show(found.value)
    else refused.value = reply
  }

  return {
    step,
    found,
    mapping,
    fault,
    refused,
    hasColumn: computed(() => Object.values(mapping.value).some((it) => it !== undefined)),

    async upload(file) {
      batch(() => {
        refused.value = undefined
        fault.value = file.size > MAX_BYTES ? 'lists.fault.large' : undefined
      })
      if (fault.value !== undefined || step.value === 'uploading') return
      step.value = 'uploading'
      const reply = await deps.upload(file)
      batch(() => {
        if (reply.refusal === undefined) {
          found.value = reply.value
          mapping.value = reply.value.mapping
          step.value = 'columns'
        } else {
          refused.value = reply
          step.value = 'choose'
        }
      })
    },

    map(kind, column) {
      mapping.value = { ...mapping.value, [kind]: column === '' ? undefined : column }
    },

    async start() {
      const uploaded = found.value
      if (uploaded === undefined || step.value !== 'columns') return
      refused.value = undefined
      step.value = 'running'
      const reply = await deps.start(uploaded.id, mapping.value)
      if (reply.refusal === undefined) {
        show(reply.value)
        return
      }
      batch(() => {
        refused.value = reply
        step.value = 'columns'
      })
    },

    again() {
      stopWaiting()
      batch(() => {
        step.value = 'choose'
        found.value = undefined
        mapping.value = {}
        fault.value = undefined
        refused.value = undefined
      })
    },

    stop() {
      isOver = true
      stopWaiting()
    },
  }
}
