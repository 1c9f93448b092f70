import { DELETION_PROGRESS_PATH } from '#protocol/names.ts'
import type { DeletionProgress } from '#protocol/shop.ts'
import { send } from '../api.ts'
import { takeLinkToken } from '../link-token.ts'
import { createDeletionModel } from './deletion-model.ts'
import { DeletionPage } from './deletion-page.tsx'

/** The page of the deletion whose token is in the address. */
export function openDeletionPage() {
  const token = takeLinkToken({ survivesReload: true }) ?? '-'
  const model = createDeletionModel({
    readProgress: () => send<DeletionProgress>(DELETION_PROGRESS_PATH, { token }),
    after: (ms, act) => void setTimeout(act, ms),
  })
  void model.open()
  return <DeletionPage model={model} />
}
