import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useSession } from '../../session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import type { Command } from '../slash-commands.ts'
import { tagsIn } from '../tags-in.ts'
import type { TeamModel } from '../team-model.ts'
import { useConversationActions } from '../use-conversation-actions.ts'
import { useThread } from '../use-thread.ts'
import { Composer } from './composer.tsx'
import type { ProductDialog } from './product-dialog.tsx'
import { ThreadDialog } from './thread-dialog.tsx'
import { ThreadHead } from './thread-head.tsx'
import { ThreadLog } from './thread-log.tsx'
import type { ThreadDialogKind } from './thread-menu.tsx'

interface ThreadViewProps {
  readonly model: TeamModel
  readonly id: string
  /** Opened by whoever looks: the focus goes there. */
  readonly takesFocus?: boolean
  readonly before?: ComponentChildren
  readonly after?: ComponentChildren
}

const DIALOGS: Partial<Record<Command, ThreadDialogKind>> = {
  transfer: 'transfer',
  invite: 'invite',
  tag: 'tags',
  'follow-up': 'follow_up',
}

/** One conversation, wherever in the console it is shown. */
export function ThreadView({ model, id, takesFocus = false, before, after }: ThreadViewProps) {
  const { t } = useWords()
  const { account } = useSession()
  const thread = useThread(model, id)
  const conversation = model.known.value.get(id)
  const actions = useConversationActions({ id })
  const [dialog, setDialog] = useState<ThreadDialogKind | undefined>(undefined)
  /** Fetched when it is first asked for. */
  const [Products, setProducts] = useState<typeof ProductDialog | undefined>(undefined)
  const box = useRef<HTMLElement>(null)
  const isThere = thread !== undefined && conversation !== undefined
  useEffect(() => {
    if (!takesFocus || !isThere) return
    // On touch the keyboard would cover what is to be read.
    const wanted = matchMedia('(pointer: coarse)').matches ? 'h2' : '[data-composer]'
    box.current?.querySelector<HTMLElement>(wanted)?.focus({ preventScroll: true })
  }, [id, takesFocus, isThere])
  if (thread === undefined || conversation === undefined) {
    return (
      <section class="thread">
        <header class="thread-head">
          {before}
          <div class="thread-who" />
          {after}
        </header>
        <div class="thread-log">
          {thread?.isGone.value === true ? (
            <Empty title={t('inbox.gone')} text={t('inbox.gone.text')} />
          ) : (
            <Skeleton rows={5} />
          )}
        </div>
      </section>
    )
  }

  async function run(command: Command, rest: string): Promise<void> {
    const kind = DIALOGS[command]
    if (command === 'tag' && rest !== '' && conversation !== undefined) {
      const tags = tagsIn([...conversation.tags, rest].join(','))
      await actions.change({ tags: [...tags] })
      return
    }
    if (kind !== undefined) return setDialog(kind)
    if (command === 'product') await openProducts()
    if (command === 'close') await actions.change({ state: 'closed' })
    if (command === 'spam') await actions.change({ isSpam: true })
  }

  async function openProducts(): Promise<void> {
    try {
      const part = await import('./product-dialog.tsx')
      setProducts(() => part.ProductDialog)
    } catch {
      say(t('ui.not_read'))
    }
  }

  const isClosed = conversation.state === 'closed'
  return (
    <section class="thread" ref={box}>
      <ThreadHead
        conversation={conversation}
        memberId={account.id}
        lookers={thread.lookers.value}
        actions={actions}
        onDialog={setDialog}
        before={before}
        after={after}
      />
      {model.phase.value === 'reconnecting' && (
        <output class="thread-lost">{t('inbox.reconnecting')}</output>
      )}
      <ThreadLog thread={thread} conversation={conversation} />
      {isClosed ? (
        <p class="thread-closed">{t('inbox.is_closed')}</p>
      ) : (
        <Composer
          thread={thread}
          conversation={conversation}
          onCommand={(command, rest) => void run(command, rest)}
        />
      )}
      {Products !== undefined && (
        <Products
          onClose={() => setProducts(undefined)}
          onSend={(product) => {
            setProducts(undefined)
            thread.sendProduct(product)
          }}
        />
      )}
      <ThreadDialog
        kind={dialog}
        conversation={conversation}
        actions={actions}
        onClose={() => setDialog(undefined)}
      />
    </section>
  )
}
