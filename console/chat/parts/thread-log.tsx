import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Conversation } from '#protocol/chat-conversations.ts'
import type { MemberDraft } from '#protocol/chat.ts'
import type { Unsent } from '#widgets/kit/conversation-log.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { redactMessage } from '../inbox-requests.ts'
import { logLines, type LogLine } from '../log-lines.ts'
import { noticeWords, visitorTitle } from '../thread-words.ts'
import type { Thread } from '../thread.ts'
import { MessageText } from './message-text.tsx'
import { Said } from './said.tsx'

interface ThreadLogProps {
  readonly thread: Thread
  readonly conversation: Conversation
}

/** By keyboard it is scrolled, too. */
const LOG = { role: 'log' as const, tabIndex: 0 }
/** So near to its end, whoever reads wants to see what comes. */
const NEAR_PX = 80

/** All that was said, in order; new entries are read out. */
export function ThreadLog({ thread, conversation }: ThreadLogProps) {
  const words = useWords()
  const { t, list } = words
  const boxRef = useRef<HTMLDivElement>(null)
  const isNearRef = useRef(true)
  const messages = thread.messages.value
  const unsent = thread.unsent.value
  const lines = useMemo(() => logLines(messages, words.day), [messages, words])
  const first = messages[0]?.number
  const firstRef = useRef(first)
  /** How much of it is below the upper edge. */
  const belowRef = useRef(0)
  const typing = thread.typing.value
  const isVisitorTyping = thread.isVisitorTyping.value
  useLayoutEffect(() => {
    const { current } = boxRef
    if (current === null) return
    // What came before what is read pushes it nowhere.
    const isLonger = firstRef.current !== first
    firstRef.current = first
    if (isNearRef.current) current.scrollTop = current.scrollHeight
    else if (isLonger) current.scrollTop = current.scrollHeight - belowRef.current
    belowRef.current = current.scrollHeight - current.scrollTop
  }, [lines, first, unsent, isVisitorTyping, typing])

  useEffect(() => {
    const { current } = boxRef
    if (current === null) return
    // A keyboard that rises, or a window that narrows, leaves the end in sight.
    const watching = new ResizeObserver(() => {
      if (isNearRef.current) current.scrollTop = current.scrollHeight
    })
    watching.observe(current)
    return () => watching.disconnect()
  }, [])

  /** The button may go with it: the log itself stays, and goes on by keyboard. */
  function goBack(): void {
    boxRef.current?.focus()
    thread.readEarlier()
  }

  return (
    <div
      class="thread-log"
      ref={boxRef}
      {...LOG}
      aria-label={t('inbox.log', { name: visitorTitle(conversation, words) })}
      aria-busy={!thread.isWhole.value || thread.isReadingEarlier.value}
      onScroll={({ currentTarget }) => {
        const { scrollTop, scrollHeight, clientHeight } = currentTarget
        isNearRef.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
        belowRef.current = scrollHeight - scrollTop
        // Whoever comes to the button by keyboard presses it.
        const isAtButton = currentTarget.querySelector('.thread-earlier > :focus') !== null
        if (scrollTop < NEAR_PX && !isAtButton) thread.readEarlier()
      }}
    >
      {thread.hasEarlier.value && (
        <p class="thread-earlier">
          <Button kind="quiet" onClick={goBack}>
            {t('inbox.log.earlier')}
          </Button>
        </p>
      )}
      {!thread.isWhole.value && messages.length === 0 && <Skeleton rows={4} />}
      <ol class="thread-lines">
        {lines.map((line) => (
          <Line key={line.key} line={line} conversation={conversation} lines={lines} />
        ))}
        {unsent.map((one) => (
          <Waiting key={one.draft.id} unsent={one} thread={thread} />
        ))}
      </ol>
      <p class="thread-typing">
        {isVisitorTyping && t('inbox.typing', { name: visitorTitle(conversation, words) })}
        {typing.length > 0 && ` ${t('inbox.typing', { name: list(typing) })}`}
      </p>
    </div>
  )
}

interface LineProps {
  readonly line: LogLine
  readonly lines: readonly LogLine[]
  readonly conversation: Conversation
}

function Line({ line, lines, conversation }: LineProps) {
  const words = useWords()
  const { account, may } = useSession()
  const redacting = useChanging(redactMessage)
  if (line.kind === 'day') return <li class="thread-day">{words.day(line.at)}</li>
  if (line.kind === 'notice') {
    return <li class="thread-notice">{noticeWords(line.message, words)}</li>
  }
  const { message, isContinued, isRedacted } = line
  const isOwn = message.author.id === account.id
  return (
    <Said
      message={message}
      visitorName={visitorTitle(conversation, words)}
      isOwn={isOwn}
      isContinued={isContinued}
      isRedacted={isRedacted}
      isSeen={lastSeen(lines, conversation) === message.number}
      onRedact={isOwn || may('conversations', 'edit') ? () => void redact() : undefined}
    />
  )

  async function redact(): Promise<void> {
    const reply = await redacting.run({ id: conversation.id, number: message.number })
    if (reply.refusal !== undefined) say(refusalText(reply, words))
  }
}

/** The team’s last message that the visitor has seen, by its number. */
function lastSeen(lines: readonly LogLine[], { readByVisitor }: Conversation): number | undefined {
  const seen = lines.findLast(
    (line) =>
      line.kind === 'said' &&
      line.message.author.kind === 'operator' &&
      line.message.kind !== 'note' &&
      line.message.number <= readByVisitor,
  )
  return seen?.kind === 'said' ? seen.message.number : undefined
}

function Waiting({ unsent, thread }: { unsent: Unsent<MemberDraft>; thread: Thread }) {
  const { t } = useWords()
  const { draft, state } = unsent
  const isFailed = state === 'failed'
  return (
    <li class="said" data-side="team" data-kind={draft.kind} data-state={state}>
      <div class="said-body">
        {draft.kind === 'text' || draft.kind === 'note' ? (
          <MessageText text={draft.text} />
        ) : (
          <p class="said-text">{draft.kind === 'product' ? draft.product.name : t('inbox.file')}</p>
        )}
      </div>
      <p class="said-seen" role={isFailed ? 'alert' : undefined}>
        {t(isFailed ? 'inbox.not_sent' : 'inbox.sending')}
        {isFailed && (
          <>
            <Button kind="quiet" onClick={() => thread.retry(draft.id)}>
              {t('inbox.retry')}
            </Button>
            <Button kind="quiet" onClick={() => thread.discard(draft.id)}>
              {t('inbox.discard')}
            </Button>
          </>
        )}
      </p>
    </li>
  )
}
