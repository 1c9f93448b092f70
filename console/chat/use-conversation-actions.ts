import type { Conversation, ConversationChange } from '#protocol/chat-conversations.ts'
import { CONVERSATION_TAGS_PATH, MANAGED_CONVERSATIONS_PATH } from '#protocol/names.ts'
import type { Refused, Reply } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'
import { useChanging } from '../queries.ts'
import { refusalText } from '../refusals.ts'
import { say } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import { assign, changeConversation } from './inbox-requests.ts'
import { useTeam } from './team-context.ts'

const RENEWS = { renews: [MANAGED_CONVERSATIONS_PATH, CONVERSATION_TAGS_PATH] }

export interface ConversationActions {
  /** With a way back, where `undo` is one. */
  readonly change: (
    changed: ConversationChange,
    said?: { readonly told: MessageKey; readonly undo: ConversationChange },
  ) => Promise<boolean>
  readonly assignTo: (to: {
    readonly memberId?: string
    readonly channelId?: string
  }) => Promise<boolean>
  readonly isBusy: boolean
}

/** What is done to a conversation; each answer is what it is then. */
export function useConversationActions({ id }: Pick<Conversation, 'id'>): ConversationActions {
  const words = useWords()
  const team = useTeam()
  const changing = useChanging(changeConversation, RENEWS)
  const assigning = useChanging(assign, RENEWS)

  function learn(reply: Reply<Conversation>): boolean {
    if (reply.refusal === undefined) team?.learn([reply.value])
    else say(runsElsewhere(reply) ? words.t('inbox.fault.other_runs') : refusalText(reply, words))
    return reply.refusal === undefined
  }

  const change: ConversationActions['change'] = async (changed, said) => {
    const isDone = learn(await changing.run({ id, ...changed }))
    if (isDone && said !== undefined) {
      say(words.t(said.told), { undo: () => void change(said.undo) })
    }
    return isDone
  }

  return {
    change,
    assignTo: async (to) => learn(await assigning.run({ id, ...to })),
    isBusy: changing.isBusy || assigning.isBusy,
  }
}

/** Who is behind it has another one open in the channel that it was to go to, or to be reopened in. */
function runsElsewhere({ refusal, detail }: Refused): boolean {
  return refusal === 'conflict' && detail.startsWith('Another conversation')
}
