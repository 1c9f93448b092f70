import {
  CANNED_REPLY_PATH,
  CHANNEL_INVITATION_PATH,
  CHANNEL_INVITATIONS_PATH,
  CHANNEL_OPERATOR_PATH,
  CHANNEL_OPERATORS_PATH,
  CHANNEL_PATH,
  CHANNEL_PHOTO_PATH,
  CHANNEL_RULES_PATH,
  CHANNEL_RULES_TRIAL_PATH,
  CHANNEL_SEAT_PATH,
  CHAT_PAGE_PATH,
} from '#protocol/names.ts'
import { pathOf } from '../settings/path-of.ts'

export const CHANNELS_ADDRESS = '/console/channels'
export const CHATBOTS_ADDRESS = '/console/chatbots'
export const REPLIES_ADDRESS = '/console/canned-replies'
const CHANNEL_ADDRESS = '/console/channel'

export const CHANNEL_TABS = ['operators', 'options', 'rules', 'widget'] as const
type ChannelTab = (typeof CHANNEL_TABS)[number]

export function channelAddress(id: string, tab: ChannelTab = 'operators'): string {
  return pathOf(CHANNEL_ADDRESS, {}, { id, tab: tab === 'operators' ? undefined : tab })
}

export function tabIn(query: URLSearchParams): ChannelTab {
  return CHANNEL_TABS.find((tab) => tab === query.get('tab')) ?? 'operators'
}

export function channelPath(channelId: string): string {
  return pathOf(CHANNEL_PATH, { channelId })
}

/** Of the shop; a server without them answers that there are none. */
export const CHATBOTS = '/api/v1/chat/chatbots'

export function rulesPath(channelId: string): string {
  return pathOf(CHANNEL_RULES_PATH, { channelId })
}

export function trialPath(channelId: string): string {
  return pathOf(CHANNEL_RULES_TRIAL_PATH, { channelId })
}

export function operatorsPath(channelId: string): string {
  return pathOf(CHANNEL_OPERATORS_PATH, { channelId })
}

export function operatorPath(channelId: string, memberId: string): string {
  return pathOf(CHANNEL_OPERATOR_PATH, { channelId, memberId })
}

export function invitationsPath(channelId: string): string {
  return pathOf(CHANNEL_INVITATIONS_PATH, { channelId })
}

export function invitationPath(channelId: string, invitationId: string): string {
  return pathOf(CHANNEL_INVITATION_PATH, { channelId, invitationId })
}

export function seatPath(channelId: string): string {
  return pathOf(CHANNEL_SEAT_PATH, { channelId })
}

export function picturePath(channelId: string): string {
  return pathOf(CHANNEL_PHOTO_PATH, { channelId })
}

export function replyPath(replyId: string): string {
  return pathOf(CANNED_REPLY_PATH, { replyId })
}

/** Where visitors have a chat on a page of its own. */
export function hostedAddress(server: string, channelId: string): string {
  return server + pathOf(CHAT_PAGE_PATH, { channelId })
}
