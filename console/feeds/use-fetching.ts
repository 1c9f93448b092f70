import { FEEDS_PATH } from '#protocol/names.ts'
import { useChanging } from '../queries.ts'
import { refusalText } from '../refusals.ts'
import { say } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import { fetchFeed } from './requests.ts'

/** Asks for a feed at once; `onAsked`: it is going to be fetched. */
export function useFetching(feedId: string, onAsked: () => void) {
  const words = useWords()
  const fetching = useChanging(
    ({ acceptsShrinking }: { readonly acceptsShrinking: boolean }) =>
      fetchFeed(feedId, acceptsShrinking),
    { renews: [FEEDS_PATH] },
  )
  return {
    isBusy: fetching.isBusy,
    async fetch(asked: { readonly acceptsShrinking: boolean }): Promise<void> {
      const reply = await fetching.run(asked)
      if (reply.refusal === undefined) return onAsked()
      const isAtIt = reply.refusal === 'conflict'
      say(isAtIt ? words.t('feed.fetch.running') : refusalText(reply, words))
    },
  }
}
