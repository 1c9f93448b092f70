import type { z } from 'zod'
import {
  BeginSchema,
  EndingSchema,
  LauncherRequestSchema,
  OfflineFormSchema,
  PostMessageSchema,
  RatingSchema,
  ReadLogSchema,
  TranscriptRequestSchema,
  UploadSchema,
} from '#protocol/chat.ts'
import {
  CHAT_ATTACHMENT_PATH,
  CHAT_ATTACHMENTS_PATH,
  CHAT_AVATAR_PATH,
  CHAT_CONVERSATIONS_PATH,
  CHAT_ENDINGS_PATH,
  CHAT_LAUNCHER_PATH,
  CHAT_LOG_PATH,
  CHAT_MESSAGES_PATH,
  CHAT_OFFLINE_FORMS_PATH,
  CHAT_RATINGS_PATH,
  CHAT_TRANSCRIPTS_PATH,
  MAX_ATTACHMENT_BYTES,
} from '#protocol/names.ts'
import type { Place } from '../core/country.ts'
import type { Guards, KeyCall } from '../core/guards.ts'
import type { Answer, Call } from '../core/http.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import type { Router } from '../core/router.ts'
import { addHistoryRoutes } from './history-routes.ts'
import { describedVisitorSide as told } from './visitor-descriptions.ts'
import { costlyBy, rulesOf, type Keyed } from './visitor-rules.ts'
import type { Chat, Holder } from './service.ts'

interface VisitorRoutesDeps {
  readonly guards: Pick<Guards, 'key' | 'keyBeforeFile' | 'anyone'>
  readonly chat: Chat
  readonly rateLimit: RateLimit
  readonly lookUpPlace: (address: string) => Place
}

/** What pages ask of the chat: `text/plain`, key and token in the body, so that no preflight ever happens. */
export function addVisitorRoutes(router: Router, deps: VisitorRoutesDeps): void {
  const { chat, guards } = deps
  const { visitors } = chat

  function add<Schema extends z.ZodType<Keyed>>(
    path: string,
    schema: Schema,
    answer: (body: z.output<Schema>, request: KeyCall<z.output<Schema>>) => Promise<Answer>,
    description: (typeof told)[keyof typeof told],
  ): void {
    const rules = rulesOf(schema)
    router.post(path, guards.key(rules), (request) => answer(request.body, request), description)
  }

  const from = ({ shop, call }: Pick<KeyCall<unknown>, 'shop' | 'call'>) => ({
    shop,
    country: deps.lookUpPlace(call.address).country,
  })
  const costly = costlyBy(deps.rateLimit)

  add(
    CHAT_LAUNCHER_PATH,
    LauncherRequestSchema,
    async (body, request) => ({ json: await visitors.launcher(body, from(request)) }),
    told.launcher,
  )
  add(
    CHAT_CONVERSATIONS_PATH,
    BeginSchema,
    async (body, request) => {
      costly(request)
      return { status: 201, json: await visitors.begin(body, from(request)) }
    },
    told.begin,
  )
  add(
    CHAT_OFFLINE_FORMS_PATH,
    OfflineFormSchema,
    async (body, request) => {
      costly(request)
      return { status: 201, json: await visitors.leaveForm(body, from(request)) }
    },
    told.form,
  )
  add(
    CHAT_MESSAGES_PATH,
    PostMessageSchema,
    async ({ message, ...held }, { shop }) => ({
      status: 201,
      json: await visitors.post({ ...held, shop }, message),
    }),
    told.post,
  )
  add(
    CHAT_LOG_PATH,
    ReadLogSchema,
    async ({ after, ...held }, { shop }) => ({
      json: await visitors.log({ ...held, shop }, after),
    }),
    told.log,
  )
  add(
    CHAT_RATINGS_PATH,
    RatingSchema,
    async ({ rating, comment, ...held }, { shop }) => ({
      json: await visitors.rate({ ...held, shop }, { rating, comment }),
    }),
    told.rate,
  )
  add(
    CHAT_ENDINGS_PATH,
    EndingSchema,
    async (held, { shop }) => ({ json: await visitors.end({ ...held, shop }) }),
    told.end,
  )
  add(
    CHAT_TRANSCRIPTS_PATH,
    TranscriptRequestSchema,
    async ({ email, ...held }, request) => {
      costly(request)
      await chat.mailTranscript({ ...held, shop: request.shop }, email)
      return { status: 204 }
    },
    told.transcript,
  )
  addHistoryRoutes(router, deps)
  router.post(CHAT_ATTACHMENTS_PATH, guards.keyBeforeFile(UPLOAD_RULES), upload(deps), told.upload)
  router.get(CHAT_ATTACHMENT_PATH, guards.anyone, readFile(chat), told.file)
  router.get(CHAT_AVATAR_PATH, guards.anyone, readAvatar(chat), told.avatar)
}

/** Whoever has the key was shown it: an `<img>` can send neither token nor session. */
function readFile({ attachments }: Chat): (request: { readonly call: Call }) => Promise<Answer> {
  return ({ call }) => attachments.answer(call.param('fileKey') ?? '')
}

function readAvatar({ avatar }: Chat): (request: { readonly call: Call }) => Promise<Answer> {
  return ({ call }) => avatar(call.param('channelId') ?? '')
}

type UploadBody = z.output<typeof UploadSchema>

/** JSON, a line break, and the file: one request that needs no preflight and no parser of forms. */
const UPLOAD_RULES = { ...rulesOf(UploadSchema), fileBytes: MAX_ATTACHMENT_BYTES }

/** Whoever may send none is told so before a byte of it is held. */
function upload({ chat }: VisitorRoutesDeps): (request: KeyCall<UploadBody>) => Promise<Answer> {
  return async ({ shop, call, body: { name, ...held } }) => {
    const holder: Holder = { ...held, shop }
    const conversation = await chat.visitors.findHeard(holder)
    await chat.attachments.requireRoom(conversation, 'visitor')
    const content = await call.readSlowBody(MAX_ATTACHMENT_BYTES)
    const fileKey = await chat.attachments.keep(conversation, { name, content, by: 'visitor' })
    return { status: 201, json: { fileKey } }
  }
}
