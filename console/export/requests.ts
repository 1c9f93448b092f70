import type { OwnAccount } from '#protocol/account.ts'
import { ACCOUNT_PATH, SHOP_EXPORT_PATH } from '#protocol/names.ts'
import { read, type Reply } from '../api.ts'

/** Sooner than the server does, whose clock may go before ours. */
const RECENT_MS = 10 * 60_000

/** Whether the file would be given: a download that is refused says nothing that one could show. */
export async function mayExport(now: number): Promise<Reply<undefined>> {
  const reply = await read<OwnAccount>(ACCOUNT_PATH)
  if (reply.refusal !== undefined) return reply
  if (now - reply.value.signedInAt <= RECENT_MS) return { value: undefined }
  return { refusal: 'sign_in_again', detail: '', waitSeconds: 0 }
}

/** A browser that saves a file sends no header of ours. */
export function exportAddress(shopKey: string): string {
  return `${SHOP_EXPORT_PATH}?shop=${encodeURIComponent(shopKey)}`
}
