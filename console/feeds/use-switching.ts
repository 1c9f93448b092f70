import { useEffect, useRef } from 'preact/hooks'
import type { Feed } from '#protocol/feeds.ts'
import { FEEDS_PATH } from '#protocol/names.ts'
import { useChanging } from '../queries.ts'
import { refusalText } from '../refusals.ts'
import { say } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import { feedDraftOf, feedFieldsOf } from './feed-model.ts'
import { replaceFeed } from './requests.ts'

/** Pauses and resumes a feed, with undo. */
export function useSwitching(feed: Feed) {
  const words = useWords()
  const { t } = words
  const switching = useChanging(
    (isOn: boolean) => replaceFeed(feed.id, feedDraftOf(feedFieldsOf(feed), isOn)),
    { renews: [FEEDS_PATH] },
  )
  // Undoing comes later: what else was changed meanwhile must not be undone with it.
  const runRef = useRef(switching.run)
  useEffect(() => {
    runRef.current = switching.run
  })

  async function turn(isOn: boolean): Promise<void> {
    const reply = await runRef.current(isOn)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(t(isOn ? 'feed.resumed' : 'feed.paused'), { undo: () => void turn(!isOn) })
  }

  return { isBusy: switching.isBusy, turn }
}
