import { signal, type ReadonlySignal } from '@preact/signals'
import type { DeletionProgress } from '#protocol/shop.ts'
import type { Refused, Reply } from '../api.ts'

export interface DeletionModel {
  readonly progress: ReadonlySignal<DeletionProgress | undefined>
  /** By the last time it was asked for. */
  readonly refused: ReadonlySignal<Refused | undefined>
  readonly open: () => Promise<void>
}

interface DeletionModelDeps {
  readonly readProgress: () => Promise<Reply<DeletionProgress>>
  /** Runs `act` later. */
  readonly after: (ms: number, act: () => void) => void
}

const ASK_AGAIN_MS = 2_000

/** Asks again and again until the shop is erased, or there is nothing more to be told. */
export function createDeletionModel({ readProgress, after }: DeletionModelDeps): DeletionModel {
  const progress = signal<DeletionProgress | undefined>(undefined)
  const refused = signal<Refused | undefined>(undefined)

  async function open(): Promise<void> {
    const reply = await readProgress()
    if (reply.refusal === undefined) {
      progress.value = reply.value
      refused.value = undefined
    } else {
      refused.value = reply
    }
    if (!isOver(reply)) after(ASK_AGAIN_MS, () => void open())
  }

  return { progress, refused, open }
}

function isOver(reply: Reply<DeletionProgress>): boolean {
  if (reply.refusal !== undefined) {
    return reply.refusal === 'not_found' || reply.refusal === 'bad_request'
  }
  return reply.value.state === 'done'
}
