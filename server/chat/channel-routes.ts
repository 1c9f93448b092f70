import { MAX_PHOTO_BYTES } from '#protocol/account.ts'
import {
  CannedReplyDraftSchema,
  ChannelChangeSchema,
  ChannelDraftSchema,
  ChannelInvitationDraftSchema,
  ChatSettingsSchema,
  OperatorsDraftSchema,
} from '#protocol/chat-channels.ts'
import { ChannelRulesDraftSchema, RulesTrialSchema } from '#protocol/chat-rules.ts'
import {
  CANNED_REPLIES_PATH,
  CANNED_REPLY_PATH,
  CHANNEL_INVITATION_PATH,
  CHANNEL_INVITATIONS_PATH,
  CHANNEL_OPERATOR_PATH,
  CHANNEL_OPERATORS_PATH,
  CHANNEL_PATH,
  CHANNEL_PHOTO_PATH,
  CHANNEL_RULES_PATH,
  CHANNEL_RULES_TRIAL_PATH,
  CHANNELS_PATH,
  CHAT_SETTINGS_PATH,
  MAX_BODY_BYTES,
} from '#protocol/names.ts'
import { photoAnswer } from '../account/service.ts'
import { Refusal } from '../core/errors.ts'
import type { Guard } from '../core/guards.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import type { ManagementCall } from '../core/member-guards.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import { ChannelsQuery, describedChannels as told, VersionQuery } from './channel-descriptions.ts'
import type { ChannelManagement } from './channel-management.ts'

interface ChannelRoutesDeps {
  readonly secretKey: (scope: string) => Guard<ManagementCall>
  /** Also for operators, about their own channels. */
  readonly ownChannels: (scope: string) => Guard<ManagementCall>
  readonly management: ChannelManagement
}

type Route = (request: ManagementCall) => Promise<Answer>

/** All texts in all languages, at their longest. */
const OPTIONS_BYTES = 1_048_576

/** Where chats come in, who answers there, and what they say often. */
export function addChannelRoutes(router: Router, deps: ChannelRoutesDeps): void {
  const { secretKey, ownChannels, management } = deps
  const read = secretKey('conversations:read')
  const readOwn = ownChannels('conversations:read')
  const write = secretKey('conversations:write')
  router.get(CHAT_SETTINGS_PATH, readOwn, readSettings(management), told.settings)
  router.put(CHAT_SETTINGS_PATH, write, changeSettings(management), told.changeSettings)
  router.get(CHANNELS_PATH, readOwn, listChannels(management), told.list)
  router.post(CHANNELS_PATH, write, createChannel(management), told.create)
  router.get(CHANNEL_PATH, readOwn, readChannel(management), told.read)
  router.patch(CHANNEL_PATH, write, changeChannel(management), told.change)
  router.get(CHANNEL_RULES_PATH, readOwn, readRules(management), told.rules)
  router.put(CHANNEL_RULES_PATH, write, replaceRules(management), told.replaceRules)
  router.post(CHANNEL_RULES_TRIAL_PATH, readOwn, tryRules(management), told.tryRules)
  router.get(CHANNEL_PHOTO_PATH, readOwn, readAvatar(management), told.avatar)
  router.put(CHANNEL_PHOTO_PATH, write, setAvatar(management), told.setAvatar)
  router.delete(CHANNEL_PHOTO_PATH, write, removeAvatar(management), told.removeAvatar)
  router.get(CHANNEL_OPERATORS_PATH, readOwn, listOperators(management), told.operators)
  router.post(CHANNEL_OPERATORS_PATH, write, addOperators(management), told.addOperators)
  router.delete(CHANNEL_OPERATOR_PATH, write, removeOperator(management), told.removeOperator)
  router.get(CHANNEL_INVITATIONS_PATH, read, listInvitations(management), told.invitations)
  router.post(CHANNEL_INVITATIONS_PATH, write, invite(management), told.invite)
  router.delete(CHANNEL_INVITATION_PATH, write, withdraw(management), told.withdraw)
  router.get(CANNED_REPLIES_PATH, readOwn, listReplies(management), told.replies)
  router.post(CANNED_REPLIES_PATH, write, createReply(management), told.createReply)
  router.put(CANNED_REPLY_PATH, write, changeReply(management), told.changeReply)
  router.delete(CANNED_REPLY_PATH, write, removeReply(management), told.removeReply)
}

function readSettings({ settings }: ChannelManagement): Route {
  return async ({ shop }) => ({ json: await settings.read(shop.id) })
}

function changeSettings({ settings }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const draft = await readJsonBody(call, ChatSettingsSchema, MAX_BODY_BYTES)
    return { json: await settings.change(shop.id, draft, by) }
  }
}

function listChannels({ channels }: ChannelManagement): Route {
  return async (request) => {
    const { archived } = readQuery(request.call, ChannelsQuery)
    return listOf(await channels.list(request.shop.id, request, archived === 'true'))
  }
}

function createChannel({ channels }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const { name } = await readJsonBody(call, ChannelDraftSchema, MAX_BODY_BYTES)
    return { status: 201, json: await channels.create(shop.id, name, by) }
  }
}

function readChannel({ channels }: ChannelManagement): Route {
  return async (request) => ({
    json: await channels.read(request.shop.id, channelIn(request.call), request),
  })
}

/** `PATCH /api/v1/chat/channels/:channelId?version=`. */
function changeChannel({ channels }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const { version } = readQuery(call, VersionQuery)
    const change = await readJsonBody(call, ChannelChangeSchema, OPTIONS_BYTES)
    return { json: await channels.change(shop.id, channelIn(call), { ...change, version }, by) }
  }
}

function readRules({ rules }: ChannelManagement): Route {
  return async (request) => ({
    json: await rules.read(request.shop.id, channelIn(request.call), request),
  })
}

/** `PUT /api/v1/chat/channels/:channelId/rules?version=`. */
function replaceRules({ rules }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const { version } = readQuery(call, VersionQuery)
    const draft = await readJsonBody(call, ChannelRulesDraftSchema, OPTIONS_BYTES)
    return { json: await rules.replace(shop.id, channelIn(call), { ...draft, version }, by) }
  }
}

function tryRules({ rules }: ChannelManagement): Route {
  return async (request) => {
    const trial = await readJsonBody(request.call, RulesTrialSchema, OPTIONS_BYTES)
    return { json: await rules.tryOut(request.shop.id, channelIn(request.call), trial, request) }
  }
}

function readAvatar({ channels }: ChannelManagement): Route {
  return async (request) =>
    photoAnswer(await channels.avatar(request.shop.id, channelIn(request.call), request))
}

function setAvatar({ channels }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const content = await call.readBody(MAX_PHOTO_BYTES)
    await channels.setAvatar(shop.id, channelIn(call), content, by)
    return { status: 204 }
  }
}

function removeAvatar({ channels }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    await channels.removeAvatar(shop.id, channelIn(call), by)
    return { status: 204 }
  }
}

function listOperators({ operators }: ChannelManagement): Route {
  return async (request) =>
    listOf(await operators.list(request.shop.id, channelIn(request.call), request))
}

function addOperators({ operators }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const { memberIds } = await readJsonBody(call, OperatorsDraftSchema, MAX_BODY_BYTES)
    return listOf(await operators.add(shop.id, channelIn(call), memberIds, by))
  }
}

function removeOperator({ operators }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    await operators.remove(shop.id, channelIn(call), call.param('memberId') ?? '', by)
    return { status: 204 }
  }
}

function listInvitations({ operators }: ChannelManagement): Route {
  return async ({ shop, call }) => listOf(await operators.invitations(shop.id, channelIn(call)))
}

function invite({ operators }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const { invitationId } = await readJsonBody(call, ChannelInvitationDraftSchema, MAX_BODY_BYTES)
    const invited = await operators.invite(shop.id, channelIn(call), invitationId, by)
    return { status: 201, json: invited }
  }
}

function withdraw({ operators }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    await operators.withdraw(shop.id, channelIn(call), call.param('invitationId') ?? '', by)
    return { status: 204 }
  }
}

function listReplies({ cannedReplies }: ChannelManagement): Route {
  return async (request) => listOf(await cannedReplies.list(request.shop.id, request))
}

function createReply({ cannedReplies }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const draft = await readJsonBody(call, CannedReplyDraftSchema, MAX_BODY_BYTES)
    return { status: 201, json: await cannedReplies.create(shop.id, draft, by) }
  }
}

function changeReply({ cannedReplies }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    const draft = await readJsonBody(call, CannedReplyDraftSchema, MAX_BODY_BYTES)
    return { json: await cannedReplies.change(shop.id, replyIn(call), draft, by) }
  }
}

function removeReply({ cannedReplies }: ChannelManagement): Route {
  return async ({ shop, call, by }) => {
    await cannedReplies.remove(shop.id, replyIn(call), by)
    return { status: 204 }
  }
}

/** All of what a shop has few of. */
function listOf(items: readonly unknown[]): Answer {
  return { json: { items, nextCursor: null } }
}

/** 16 bytes. */
const ID = /^[\w-]{22}$/

function channelIn(call: Call): string {
  const id = call.param('channelId') ?? ''
  if (!ID.test(id)) throw new Refusal('not_found', 'There is no such channel')
  return id
}

function replyIn(call: Call): string {
  const id = call.param('replyId') ?? ''
  if (!ID.test(id)) throw new Refusal('not_found', 'There is no such canned reply')
  return id
}
