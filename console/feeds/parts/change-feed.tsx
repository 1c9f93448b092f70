import type { Feed } from '#protocol/feeds.ts'
import { FEEDS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { useForm } from '../../settings/use-form.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import {
  faultInFeed,
  faultOfFeed,
  feedDraftOf,
  feedFieldsOf,
  type FeedFields,
} from '../feed-model.ts'
import { replaceFeed } from '../requests.ts'
import { FeedForm } from './feed-form.tsx'

interface ChangeFeedProps {
  readonly feed: Feed
  /** Another address is fetched at once. */
  readonly onAsked: () => void
  readonly onClose: () => void
}

export function ChangeFeed({ feed, onAsked, onClose }: ChangeFeedProps) {
  const { t } = useWords()
  const { id, isOn, url } = feed
  const changing = useChanging((fields: FeedFields) => replaceFeed(id, feedDraftOf(fields, isOn)), {
    renews: [FEEDS_PATH],
  })
  const form = useForm<FeedFields>({
    stored: feedFieldsOf(feed),
    save: change,
    faultIn: faultInFeed,
    faultOf: faultOfFeed,
  })

  async function change(fields: FeedFields) {
    const reply = await changing.run(fields)
    if (reply.refusal === undefined && isOn && reply.value.url !== url) onAsked()
    return reply
  }

  async function save(): Promise<void> {
    if (!(await form.save())) return
    onClose()
    say(t('ui.saved'))
  }

  return (
    <Dialog title={t('feed.edit.title')} isOpen onClose={onClose}>
      <FeedForm form={form} submit={t('ui.save')} onSubmit={() => void save()} onClose={onClose} />
    </Dialog>
  )
}
