import { asksFor, type Handle } from '../targeting/service.ts'
import { listTargeting } from './store.ts'

/** Which experience of the shop asks for this audience, so that it can't be removed. */
export async function experienceAskingFor(
  handle: Handle,
  shopId: number,
  audienceId: string,
): Promise<string | undefined> {
  const all = await listTargeting(handle, shopId)
  const asking = all.find(({ targeting }) => asksFor(targeting, audienceId))
  return asking === undefined ? undefined : `experience “${asking.name}”`
}
