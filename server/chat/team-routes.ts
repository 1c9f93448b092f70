import {
  CHANNEL_SEAT_PATH,
  CONVERSATION_ASSIGNMENT_PATH,
  CONVERSATION_ATTACHMENTS_PATH,
  CONVERSATION_COLLEAGUES_PATH,
  CONVERSATION_LOG_PATH,
  CONVERSATION_MESSAGE_PATH,
  CONVERSATION_MESSAGES_PATH,
  CONVERSATION_TAGS_PATH,
  CONVERSATION_TRANSCRIPTS_PATH,
  MANAGED_CONVERSATION_PATH,
  MANAGED_CONVERSATIONS_PATH,
  MAX_ATTACHMENT_BYTES,
  MAX_CHAT_BODY_BYTES,
  OWN_PRESENCE_PATH,
} from '#protocol/names.ts'
import { MemberDraftSchema } from '#protocol/chat.ts'
import {
  AssignmentDraftSchema,
  ColleagueDraftSchema,
  ConversationChangeSchema,
  TranscriptDraftSchema,
} from '#protocol/chat-conversations.ts'
import { PresenceDraftSchema } from '#protocol/chat-channels.ts'
import { refuseUnreadable } from '../core/body.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import type { ManagementCall, MemberGuards, OwnCall } from '../core/member-guards.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import { ConversationsQuery, describedTeamSide as told, LogQuery } from './team-descriptions.ts'
import type { Chat, TeamMember } from './service.ts'

interface TeamRoutesDeps {
  readonly guards: Pick<MemberGuards, 'managementOfOwn' | 'memberOfOwn'>
  readonly chat: Chat
}

type Route = (request: ManagementCall) => Promise<Answer>
type OwnRoute = (request: OwnCall) => Promise<Answer>

/** The team's side of conversations, for members at the console and shops' servers. */
export function addTeamRoutes(router: Router, { guards, chat }: TeamRoutesDeps): void {
  const read = guards.managementOfOwn('conversations:read')
  const write = guards.managementOfOwn('conversations:write')
  const own = guards.memberOfOwn('conversations')
  router.get(OWN_PRESENCE_PATH, own, readPresence(chat), told.presence)
  router.put(OWN_PRESENCE_PATH, own, setPresence(chat), told.setPresence)
  router.put(CHANNEL_SEAT_PATH, own, join(chat), told.join)
  router.delete(CHANNEL_SEAT_PATH, own, leave(chat), told.leave)
  router.get(MANAGED_CONVERSATIONS_PATH, read, list(chat), told.list)
  router.get(CONVERSATION_TAGS_PATH, read, tags(chat), told.tags)
  router.get(MANAGED_CONVERSATION_PATH, read, readOne(chat), told.read)
  router.patch(MANAGED_CONVERSATION_PATH, write, change(chat), told.change)
  router.get(CONVERSATION_LOG_PATH, read, readLog(chat), told.log)
  router.post(CONVERSATION_MESSAGES_PATH, write, post(chat), told.post)
  router.delete(CONVERSATION_MESSAGE_PATH, write, redact(chat), told.redact)
  router.post(CONVERSATION_ATTACHMENTS_PATH, write, upload(chat), told.upload)
  router.put(CONVERSATION_ASSIGNMENT_PATH, write, assign(chat), told.assign)
  router.post(CONVERSATION_COLLEAGUES_PATH, write, invite(chat), told.invite)
  router.post(CONVERSATION_TRANSCRIPTS_PATH, write, transcript(chat), told.transcript)
}

function readPresence({ operators }: Chat): OwnRoute {
  return async ({ shop, memberId }) => ({
    json: await operators.own({ shopId: shop.id, memberId }),
  })
}

function setPresence({ operators }: Chat): OwnRoute {
  return async ({ call, shop, memberId }) => {
    const draft = await readJsonBody(call, PresenceDraftSchema, MAX_CHAT_BODY_BYTES)
    return { json: await operators.setOwn({ shopId: shop.id, memberId }, draft) }
  }
}

function join({ operators }: Chat): OwnRoute {
  return async ({ call, shop, memberId }) => ({
    json: await operators.join({ shopId: shop.id, memberId }, call.param('channelId') ?? ''),
  })
}

function leave({ operators }: Chat): OwnRoute {
  return async ({ call, shop, memberId }) => ({
    json: await operators.leave({ shopId: shop.id, memberId }, call.param('channelId') ?? ''),
  })
}

function list(chat: Chat): Route {
  return async (request) => {
    const query = readQuery(request.call, ConversationsQuery)
    return { json: await chat.team.list(await whoOf(chat, request), query) }
  }
}

function tags(chat: Chat): Route {
  return async (request) => ({ json: await chat.team.tags(await whoOf(chat, request)) })
}

function readOne(chat: Chat): Route {
  return async (request) => ({
    json: await chat.team.read(await whoOf(chat, request), idIn(request.call)),
  })
}

function readLog(chat: Chat): Route {
  return async (request) => {
    const { after } = readQuery(request.call, LogQuery)
    return { json: await chat.team.log(await whoOf(chat, request), idIn(request.call), after) }
  }
}

function change(chat: Chat): Route {
  return async (request) => {
    const { call } = request
    const changes = await readJsonBody(call, ConversationChangeSchema, MAX_CHAT_BODY_BYTES)
    return { json: await chat.team.change(await whoOf(chat, request), idIn(call), changes) }
  }
}

function post(chat: Chat): Route {
  return async (request) => {
    const { call } = request
    const draft = await readJsonBody(call, MemberDraftSchema, MAX_CHAT_BODY_BYTES)
    return {
      status: 201,
      json: await chat.team.post(await whoOf(chat, request), idIn(call), draft),
    }
  }
}

function redact(chat: Chat): Route {
  return async (request) => {
    const { call } = request
    const number = Number(call.param('number'))
    if (!Number.isSafeInteger(number)) throw new Refusal('not_found', 'There is no such message')
    await chat.team.redact(await whoOf(chat, request), idIn(call), number)
    return { status: 204 }
  }
}

function upload(chat: Chat): Route {
  return async (request) => {
    const { call } = request
    refuseUnreadable(call.header, MAX_ATTACHMENT_BYTES)
    const conversation = await chat.team.find(await whoOf(chat, request), idIn(call))
    const { name } = readQuery(call, told.upload.query)
    await chat.attachments.requireRoom(conversation, 'operator')
    const content = await call.readSlowBody(MAX_ATTACHMENT_BYTES)
    const fileKey = await chat.attachments.keep(conversation, { name, content, by: 'operator' })
    return { status: 201, json: { fileKey } }
  }
}

function assign(chat: Chat): Route {
  return async (request) => {
    const { call } = request
    const to = await readJsonBody(call, AssignmentDraftSchema, MAX_CHAT_BODY_BYTES)
    return { json: await chat.team.assign(await whoOf(chat, request), idIn(call), to) }
  }
}

function invite(chat: Chat): Route {
  return async (request) => {
    const { call } = request
    const { memberId } = await readJsonBody(call, ColleagueDraftSchema, MAX_CHAT_BODY_BYTES)
    return { json: await chat.team.invite(await whoOf(chat, request), idIn(call), memberId) }
  }
}

function transcript(chat: Chat): Route {
  return async (request) => {
    const { call } = request
    const { email } = await readJsonBody(call, TranscriptDraftSchema, MAX_CHAT_BODY_BYTES)
    await chat.mailWhole(await whoOf(chat, request), idIn(call), email)
    return { status: 204 }
  }
}

/** Whoever asks, by the name that visitors are shown. */
async function whoOf({ operators }: Chat, request: ManagementCall): Promise<TeamMember> {
  const { shop, by, isOwnOnly, memberId } = request
  const member = memberId === undefined ? undefined : await operators.named(memberId)
  return { shop, by, isOwnOnly, member }
}

function idIn(call: Call): string {
  return call.param('conversationId') ?? ''
}
