import type {
  CannedReply,
  CannedReplyDraft,
  Channel,
  ChannelChange,
  ChannelInvitation,
  ChannelOperator,
  ChatSettings,
} from '#protocol/chat-channels.ts'
import type {
  ChannelRules,
  ChannelRulesDraft,
  ChatRule,
  RulesTrial,
  RulesVerdict,
} from '#protocol/chat-rules.ts'
import { CANNED_REPLIES_PATH, CHANNELS_PATH, CHAT_SETTINGS_PATH } from '#protocol/names.ts'
import { change, send, type Reply } from '../api.ts'
import {
  channelPath,
  invitationPath,
  invitationsPath,
  operatorPath,
  operatorsPath,
  picturePath,
  replyPath,
  rulesPath,
  seatPath,
  trialPath,
} from './addresses.ts'

export interface Items<Item> {
  readonly items: readonly Item[]
}

export function changeSettings(settings: ChatSettings): Promise<Reply<ChatSettings>> {
  return change<ChatSettings>('PUT', CHAT_SETTINGS_PATH, settings)
}

export function makeChannel(name: string): Promise<Reply<Channel>> {
  return send<Channel>(CHANNELS_PATH, { name })
}

/** `version`: what it was when it was read, so that nobody’s change in between is lost. */
export function changeChannel({
  id,
  version,
  ...changed
}: ChannelChange & { readonly id: string; readonly version?: number }): Promise<Reply<Channel>> {
  const path = channelPath(id)
  const asked = version === undefined ? path : `${path}?version=${version}`
  return change<Channel>('PATCH', asked, changed)
}

/** Always the whole list; `version`: the channel’s, when it was read. */
export function replaceRules({
  id,
  version,
  ...draft
}: Readonly<Pick<ChannelRulesDraft, 'isLauncherShown'>> & {
  readonly id: string
  readonly version: number
  readonly rules: readonly ChatRule[]
}): Promise<Reply<ChannelRules>> {
  return change<ChannelRules>('PUT', `${rulesPath(id)}?version=${version}`, draft)
}

export function tryRules({
  id,
  trial,
}: {
  readonly id: string
  readonly trial: Partial<Omit<RulesTrial, 'rules'>> & {
    readonly url: string
    readonly rules: readonly ChatRule[]
  }
}): Promise<Reply<RulesVerdict>> {
  return send<RulesVerdict>(trialPath(id), trial)
}

/** `isIn`: takes the seat; else leaves it. */
export function changeSeat({
  id,
  isIn,
}: {
  readonly id: string
  readonly isIn: boolean
}): Promise<Reply<unknown>> {
  return change<unknown>(isIn ? 'PUT' : 'DELETE', seatPath(id))
}

export function replacePicture({
  id,
  picture,
}: {
  readonly id: string
  readonly picture: Blob
}): Promise<Reply<undefined>> {
  return change('PUT', picturePath(id), picture)
}

export function removePicture(id: string): Promise<Reply<undefined>> {
  return change('DELETE', picturePath(id))
}

export function addOperators({
  id,
  memberIds,
}: {
  readonly id: string
  readonly memberIds: readonly string[]
}): Promise<Reply<Items<ChannelOperator>>> {
  return send<Items<ChannelOperator>>(operatorsPath(id), { memberIds })
}

export function removeOperator({
  id,
  memberId,
}: {
  readonly id: string
  readonly memberId: string
}): Promise<Reply<undefined>> {
  return change('DELETE', operatorPath(id, memberId))
}

export function inviteInto({
  id,
  invitationId,
}: {
  readonly id: string
  readonly invitationId: string
}): Promise<Reply<ChannelInvitation>> {
  return send<ChannelInvitation>(invitationsPath(id), { invitationId })
}

export function withdrawFrom({
  id,
  invitationId,
}: {
  readonly id: string
  readonly invitationId: string
}): Promise<Reply<undefined>> {
  return change('DELETE', invitationPath(id, invitationId))
}

export function saveReply({
  id,
  ...draft
}: CannedReplyDraft & { readonly id?: string | undefined }): Promise<Reply<CannedReply>> {
  return id === undefined
    ? send<CannedReply>(CANNED_REPLIES_PATH, draft)
    : change<CannedReply>('PUT', replyPath(id), draft)
}

export function removeReply(id: string): Promise<Reply<undefined>> {
  return change('DELETE', replyPath(id))
}
