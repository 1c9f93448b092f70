import type { ListedOrigin } from '#protocol/shop.ts'
import type { Reply } from '../api.ts'

/** Lists them one by one; what the first that is refused was told, else nothing. One that was listed before is no refusal. */
export async function addOrigins(
  add: (origin: string) => Promise<Reply<ListedOrigin>>,
  origins: readonly string[],
): Promise<Reply<undefined>> {
  for (const origin of origins) {
    const reply = await add(origin)
    if (reply.refusal !== undefined) return reply
  }
  return { value: undefined }
}
