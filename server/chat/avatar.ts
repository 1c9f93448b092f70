import { eq } from 'drizzle-orm'
import { photoAnswer } from '../account/service.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer } from '../core/http.ts'
import type { Handle } from './log-store.ts'

/** The picture of a channel, which the shop's pages show to everybody: by its id alone, as an `<img>` asks for it. */
export async function avatarAnswer(
  { sql, t: { channels, channelAvatars } }: Handle,
  channelId: string,
): Promise<Answer> {
  const [found] = await sql
    .select({ type: channelAvatars.type, content: channelAvatars.content })
    .from(channelAvatars)
    .innerJoin(channels, eq(channels.id, channelAvatars.channelId))
    .where(eq(channels.publicId, Buffer.from(channelId, 'base64url')))
    .limit(1)
  if (found === undefined) throw new Refusal('not_found', 'There is no picture')
  const answer = photoAnswer(found)
  const shared = {
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=300',
  }
  return { ...answer, headers: { ...answer.headers, ...shared } }
}
