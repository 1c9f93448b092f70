import { createChatbots, type Chatbots } from './chatbots.ts'
import { createCannedReplies, type CannedReplies } from './canned-replies.ts'
import {
  createChannelOperators,
  type ChannelOperators,
  type ChannelOperatorsDeps,
} from './channel-operators.ts'
import { createRuleBook, type ChannelRuleBook, type RuleBookDeps } from './channel-rules.ts'
import { createChannels, type Channels } from './channels.ts'
import { createChatSwitch, type ChatSwitch } from './chat-settings.ts'

/** What a shop arranges of its chat: by members at the console, or by its own server. */
export interface ChannelManagement {
  readonly settings: ChatSwitch
  readonly channels: Channels
  readonly rules: ChannelRuleBook
  readonly operators: ChannelOperators
  readonly cannedReplies: CannedReplies
  readonly chatbots: Chatbots
}

export function createChannelManagement(
  deps: ChannelOperatorsDeps & RuleBookDeps,
): ChannelManagement {
  return {
    settings: createChatSwitch(deps),
    channels: createChannels(deps),
    rules: createRuleBook(deps),
    operators: createChannelOperators(deps),
    cannedReplies: createCannedReplies(deps),
    chatbots: createChatbots(deps),
  }
}
