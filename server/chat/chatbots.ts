import { randomBytes } from 'node:crypto'
import {
  CHATBOT_LIMITS,
  type Chatbot,
  type ChatbotChange,
  type ChatbotDraft,
  type ChatbotStep,
  type ChatbotSummary,
} from '#protocol/chatbots.ts'
import { faultsOf, type ScriptFault, type ScriptFaultCode } from '#protocol/script-faults.ts'
import { changesOf, recordChange, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { beginningOf } from '../core/well-formed.ts'
import type { ChannelsDeps } from './channels.ts'
import * as store from './chatbot-store.ts'
import { holdSettings, type Handle } from './managed-channel-store.ts'

/** Scripts that answer in a chat. None is ever removed: what began with it goes on. */
export interface Chatbots {
  readonly list: (shopId: number, isArchived: boolean) => Promise<ChatbotSummary[]>
  readonly read: (shopId: number, chatbotId: string) => Promise<Chatbot>
  /** Refuses (`bad_request`) a script that cannot be run, and says which step. */
  readonly create: (shopId: number, draft: ChatbotDraft, by: Actor) => Promise<Chatbot>
  /** `version`: the one that is changed; another in between: `conflict`. */
  readonly change: (
    shopId: number,
    chatbotId: string,
    change: ChatbotChange & { readonly version: number | undefined },
    by: Actor,
  ) => Promise<Chatbot>
  /** Another one with the same script. */
  readonly copy: (shopId: number, chatbotId: string, by: Actor) => Promise<Chatbot>
}

export function createChatbots({ db, now }: Pick<ChannelsDeps, 'db' | 'now'>): Chatbots {
  /** One transaction, with nobody else changing what the shop's chat says. */
  function changing<T>(shopId: number, change: (handle: Handle) => Promise<T>): Promise<T> {
    return db.transaction(async (sql) => {
      const handle = { sql, t: db.t }
      await holdSettings(handle, shopId)
      return change(handle)
    })
  }

  function note(
    handle: Handle,
    { shopId, publicId }: store.ChatbotRow,
    entry: Changes & { readonly by: Actor; readonly action: string },
  ): Promise<void> {
    const object = { kind: 'chatbot', id: publicId.toString('base64url') }
    return recordChange(handle, shopId, { ...entry, at: now(), object })
  }

  async function add(
    handle: Handle,
    shopId: number,
    { name, steps }: ChatbotDraft,
    by: Actor,
  ): Promise<Chatbot> {
    await requireRoom(handle, shopId)
    const script = { publicId: randomBytes(16), name, steps, createdAt: now() }
    const made = await store.insertChatbot(handle, shopId, script)
    const changes = changesOf(null, toldOf(made), TOLD)
    await note(handle, made, { ...changes, by, action: 'chatbot.created' })
    return shown(made)
  }

  return {
    async list(shopId, isArchived) {
      return (await store.listChatbots(db, shopId, isArchived)).map(summaryOf)
    },

    async read(shopId, chatbotId) {
      return shown(await requireChatbot(db, shopId, chatbotId))
    },

    async create(shopId, draft, by) {
      requireSound(draft.steps)
      return changing(shopId, (handle) => add(handle, shopId, draft, by))
    },

    async change(shopId, chatbotId, { version, ...change }, by) {
      if (change.steps !== undefined) requireSound(change.steps)
      return changing(shopId, async (handle) => {
        const row = await requireChatbot(handle, shopId, chatbotId)
        if (version !== undefined && version !== row.version) throw changedMeanwhile()
        const isArchived = change.isArchived ?? row.archivedAt !== null
        if (!isArchived && row.archivedAt !== null) await requireRoom(handle, shopId)
        const changed = await store.updateChatbot(handle, row, {
          name: change.name ?? row.name,
          steps: change.steps ?? row.steps,
          archivedAt: isArchived ? (row.archivedAt ?? now()) : null,
          updatedAt: now(),
        })
        if (changed === undefined) throw changedMeanwhile()
        const changes = changesOf(toldOf(row), toldOf(changed), TOLD)
        await note(handle, changed, { ...changes, by, action: 'chatbot.changed' })
        return shown(changed)
      })
    },

    copy: (shopId, chatbotId, by) =>
      changing(shopId, async (handle) => {
        const { name, steps } = await requireChatbot(handle, shopId, chatbotId)
        const copied = `${beginningOf(name, CHATBOT_LIMITS.nameChars - COPY.length)}${COPY}`
        return add(handle, shopId, { name: copied, steps: [...steps] }, by)
      }),
  }
}

const COPY = ' (2)'

/** Of the script the log tells only that it changed. */
const TOLD = ['name', 'isArchived']

function toldOf({ name, archivedAt, steps }: store.ChatbotRow) {
  return { name, isArchived: archivedAt !== null, steps }
}

async function requireChatbot(
  handle: Handle,
  shopId: number,
  chatbotId: string,
): Promise<store.ChatbotRow> {
  const found = await store.findChatbot(handle, shopId, Buffer.from(chatbotId, 'base64url'))
  if (found === undefined) throw new Refusal('not_found', 'There is no such chatbot')
  return found
}

async function requireRoom(handle: Handle, shopId: number): Promise<void> {
  const { length } = await store.listChatbots(handle, shopId, false)
  if (length < CHATBOT_LIMITS.chatbots) return
  const most = CHATBOT_LIMITS.chatbots
  throw new Refusal('conflict', `A shop has at most ${most} chatbots: archive one first`)
}

function changedMeanwhile(): Refusal {
  return new Refusal('conflict', 'Somebody else has changed this chatbot meanwhile: read it again')
}

function requireSound(steps: readonly ChatbotStep[]): void {
  const faults = faultsOf(steps)
  if (faults.length === 0) return
  throw new Refusal('bad_request', faults.slice(0, MANY_FAULTS).map(faultText).join('; '))
}

const MANY_FAULTS = 10

function faultText({ code, place, stepId }: ScriptFault): string {
  return place === 0 ? FAULTS[code] : `Step ${place} (${stepId ?? ''}): ${FAULTS[code]}`
}

const FAULTS: Readonly<Record<ScriptFaultCode, string>> = {
  no_steps: 'A script has at least one step',
  same_step_id: 'an earlier step has the same id',
  same_answer_id: 'two answers have the same id',
  no_text: 'write a text in at least one language',
  no_answer_text: 'write each answer in at least one language',
  no_such_question: 'its condition names no earlier question',
  no_such_answer: 'its condition names an answer that its question does not have',
  attribute_of_its_own: 'ask for e-mail addresses and phone numbers with steps of their kind',
}

function summaryOf(row: store.ChatbotRow): ChatbotSummary {
  const { publicId, name, steps, archivedAt, version, createdAt, updatedAt } = row
  return {
    id: publicId.toString('base64url'),
    name,
    stepCount: steps.length,
    isArchived: archivedAt !== null,
    version,
    createdAt,
    updatedAt,
  }
}

function shown(row: store.ChatbotRow): Chatbot {
  return { ...summaryOf(row), steps: [...row.steps] }
}
