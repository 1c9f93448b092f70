import { FEEDS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { navigate } from '../../router.ts'
import { useForm } from '../../settings/use-form.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { feedAddress } from '../addresses.ts'
import { faultInFeed, faultOfFeed, feedDraftOf, NEW_FEED, type FeedFields } from '../feed-model.ts'
import { addFeed } from '../requests.ts'
import { FeedForm } from './feed-form.tsx'

/** Leads to the feed, which is fetched at once: there one sees what comes. */
export function AddFeed({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const adding = useChanging(addFeed, { renews: [FEEDS_PATH] })
  const form = useForm<FeedFields>({
    stored: NEW_FEED,
    save: add,
    faultIn: faultInFeed,
    faultOf: faultOfFeed,
  })

  async function add(fields: FeedFields) {
    const reply = await adding.run(feedDraftOf(fields, true))
    if (reply.refusal !== undefined) return reply
    onClose()
    navigate(feedAddress(reply.value.id))
    say(t('feed.added'))
    return reply
  }

  return (
    <Dialog title={t('feed.new.title')} isOpen onClose={onClose}>
      <FeedForm
        form={form}
        submit={t('feed.add')}
        onSubmit={() => void form.save()}
        onClose={onClose}
      />
    </Dialog>
  )
}
