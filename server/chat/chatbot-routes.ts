import { ChatbotChangeSchema, ChatbotDraftSchema } from '#protocol/chatbots.ts'
import { CHATBOT_COPIES_PATH, CHATBOT_PATH, CHATBOTS_PATH } from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'
import type { Guard } from '../core/guards.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import type { ManagementCall } from '../core/member-guards.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import { VersionQuery } from './channel-descriptions.ts'
import type { ChannelManagement } from './channel-management.ts'
import { ChatbotsQuery, describedChatbots as told } from './chatbot-descriptions.ts'
import type { Chatbots } from './chatbots.ts'

interface ChatbotRoutesDeps {
  readonly secretKey: (scope: string) => Guard<ManagementCall>
  readonly management: Pick<ChannelManagement, 'chatbots'>
}

type Route = (request: ManagementCall) => Promise<Answer>

/** All steps in several languages. */
const SCRIPT_BYTES = 1_048_576

/** Scripts that answer in chats. */
export function addChatbotRoutes(router: Router, deps: ChatbotRoutesDeps): void {
  const { secretKey } = deps
  const { chatbots } = deps.management
  const read = secretKey('conversations:read')
  const write = secretKey('conversations:write')
  router.get(CHATBOTS_PATH, read, list(chatbots), told.list)
  router.post(CHATBOTS_PATH, write, create(chatbots), told.create)
  router.get(CHATBOT_PATH, read, readOne(chatbots), told.read)
  router.patch(CHATBOT_PATH, write, change(chatbots), told.change)
  router.post(CHATBOT_COPIES_PATH, write, copy(chatbots), told.copy)
}

function list(chatbots: Chatbots): Route {
  return async ({ shop, call }) => {
    const { archived } = readQuery(call, ChatbotsQuery)
    return { json: { items: await chatbots.list(shop.id, archived === 'true'), nextCursor: null } }
  }
}

function create(chatbots: Chatbots): Route {
  return async ({ shop, call, by }) => {
    const draft = await readJsonBody(call, ChatbotDraftSchema, SCRIPT_BYTES)
    return { status: 201, json: await chatbots.create(shop.id, draft, by) }
  }
}

function readOne(chatbots: Chatbots): Route {
  return async ({ shop, call }) => ({ json: await chatbots.read(shop.id, chatbotIn(call)) })
}

/** `PATCH /api/v1/chat/chatbots/:chatbotId?version=`. */
function change(chatbots: Chatbots): Route {
  return async ({ shop, call, by }) => {
    const { version } = readQuery(call, VersionQuery)
    const asked = await readJsonBody(call, ChatbotChangeSchema, SCRIPT_BYTES)
    return { json: await chatbots.change(shop.id, chatbotIn(call), { ...asked, version }, by) }
  }
}

function copy(chatbots: Chatbots): Route {
  return async ({ shop, call, by }) => ({
    status: 201,
    json: await chatbots.copy(shop.id, chatbotIn(call), by),
  })
}

/** 16 bytes. */
const ID = /^[\w-]{22}$/

function chatbotIn(call: Call): string {
  const id = call.param('chatbotId') ?? ''
  if (!ID.test(id)) throw new Refusal('not_found', 'There is no such chatbot')
  return id
}
