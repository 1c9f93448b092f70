import { randomBytes } from 'node:crypto'
import {
  CHANNEL_LIMITS,
  ChannelOptionsSchema,
  type Channel,
  type ChannelChange,
} from '#protocol/chat-channels.ts'
import { photoTypeOf, type Photo } from '../account/service.ts'
import { changesOf, recordChange, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { requireSoundOptions } from './channel-options.ts'
import * as store from './managed-channel-store.ts'
import { findMember, insertOperators, listChannelsOf } from './channel-operator-store.ts'
import { idleBefore } from './presence.ts'

/** Whoever asks; `isOwnOnly`: of the channels whose operator they are. */
export interface Asker {
  readonly by: Actor
  readonly isOwnOnly: boolean
}

/** Where chats come in. None is ever removed: an archived one keeps its conversations. */
export interface Channels {
  readonly list: (shopId: number, asker: Asker, isArchived: boolean) => Promise<Channel[]>
  readonly read: (shopId: number, channelId: string, asker: Asker) => Promise<Channel>
  /** Its creator is an operator there, where they are somebody. */
  readonly create: (shopId: number, name: string, by: Actor) => Promise<Channel>
  /** `version`: the one that is changed; another in between: `conflict`. */
  readonly change: (
    shopId: number,
    channelId: string,
    change: ChannelChange & { readonly version: number | undefined },
    by: Actor,
  ) => Promise<Channel>
  /** Refuses what is no PNG, JPEG or WebP. */
  readonly setAvatar: (
    shopId: number,
    channelId: string,
    content: Buffer,
    by: Actor,
  ) => Promise<void>
  readonly removeAvatar: (shopId: number, channelId: string, by: Actor) => Promise<void>
  readonly avatar: (shopId: number, channelId: string, asker: Asker) => Promise<Photo>
}

export interface ChannelsDeps {
  readonly db: Database
  readonly now: Clock
}

/** Of the options, what the log tells as it is; of all else only that it changed. */
const TOLD = [
  'name',
  'isArchived',
  'accent',
  'headerColour',
  'position',
  'offset',
  'zIndex',
  'hours',
  'whenNobody',
  'chatsPerOperator',
  'offerAgainSeconds',
  'rejoins',
  'asksRating',
  'takesFiles',
  'isLauncherShown',
]

export function createChannels({ db, now }: ChannelsDeps): Channels {
  async function shown(
    shopId: number,
    rows: readonly store.ChannelRow[],
    by: Actor,
  ): Promise<Channel[]> {
    const ids = rows.map(({ id }) => id)
    const counts = await store.countsOf(db, shopId, { ids, activeSince: idleBefore(now()) })
    const pictured = await store.listPictured(db, shopId)
    const settings = await store.findSettings(db, shopId)
    const own = await channelsOf(db, shopId, by)
    return rows.map((row) => {
      const { id, publicId, name, archivedAt, version, createdAt, updatedAt } = row
      return {
        id: publicId.toString('base64url'),
        name,
        // What an older version stored lacks what came since.
        options: ChannelOptionsSchema.parse(row.options),
        isArchived: archivedAt !== null,
        isSelected: settings?.isOn === true && settings.channelId === id,
        hasAvatar: pictured.has(id),
        isOperator: own.has(id),
        isSeated: own.get(id)?.isSeated === true,
        ...countsShown(counts.get(id)),
        version,
        createdAt,
        updatedAt,
      }
    })
  }

  async function read(shopId: number, channelId: string, asker: Asker): Promise<Channel> {
    const row = await requireChannel(db, shopId, channelId, asker)
    const [channel] = await shown(shopId, [row], asker.by)
    if (channel === undefined) throw new Error('A channel is shown as none')
    return channel
  }

  async function changeAvatar(
    shopId: number,
    channelId: string,
    { by, photo }: { readonly by: Actor; readonly photo: Photo | undefined },
  ): Promise<void> {
    await changingChannels(db, shopId, async (handle) => {
      const { id } = await requireChannel(handle, shopId, channelId)
      if (photo === undefined) await store.deleteAvatar(handle, shopId, id)
      else {
        const avatar = { ...photo, shopId, channelId: id, changedAt: now() }
        await store.upsertAvatar(handle, avatar)
      }
      const picture = photo === undefined ? null : photo.type
      const changes = { before: null, after: { picture } }
      await note(handle, shopId, {
        ...changes,
        by,
        at: now(),
        channelId,
        action: 'channel.changed',
      })
    })
  }

  return {
    async list(shopId, asker, isArchived) {
      const rows = await store.listChannels(db, shopId, isArchived)
      if (!asker.isOwnOnly) return shown(shopId, rows, asker.by)
      const own = await channelsOf(db, shopId, asker.by)
      return shown(
        shopId,
        rows.filter(({ id }) => own.has(id)),
        asker.by,
      )
    },

    read,

    async create(shopId, name, by) {
      const made = await changingChannels(db, shopId, (handle) =>
        addChannel(handle, shopId, { name, by, at: now() }),
      )
      return read(shopId, made.publicId.toString('base64url'), { by, isOwnOnly: false })
    },

    async change(shopId, channelId, { version, ...change }, by) {
      if (change.options !== undefined) requireSoundOptions(change.options)
      await changingChannels(db, shopId, async (handle, settings) => {
        const row = await requireChannel(handle, shopId, channelId)
        if (version !== undefined && version !== row.version) throw changedMeanwhile()
        const isArchived = change.isArchived ?? row.archivedAt !== null
        if (isArchived && settings.isOn && settings.channelId === row.id) {
          throw new Refusal(
            'conflict',
            'The shop’s pages use this channel: choose another for them, or turn chat off, first',
          )
        }
        if (!isArchived && row.archivedAt !== null) await requireRoom(handle, shopId)
        const archivedAt = isArchived ? (row.archivedAt ?? now()) : null
        const { name = row.name, options = row.options } = change
        const after = { name, options, archivedAt, updatedAt: now() }
        if (!(await store.updateChannel(handle, shopId, row, after))) throw changedMeanwhile()
        const changes = changesOf(toldOf(row), toldOf(after), TOLD)
        await note(handle, shopId, {
          ...changes,
          by,
          at: now(),
          channelId,
          action: 'channel.changed',
        })
      })
      return read(shopId, channelId, { by, isOwnOnly: false })
    },

    async setAvatar(shopId, channelId, content, by) {
      const type = photoTypeOf(content)
      if (type === undefined) throw new Refusal('bad_request', 'Send a PNG, JPEG or WebP image')
      await changeAvatar(shopId, channelId, { by, photo: { type, content } })
    },

    removeAvatar: (shopId, channelId, by) =>
      changeAvatar(shopId, channelId, { by, photo: undefined }),

    async avatar(shopId, channelId, asker) {
      const { id } = await requireChannel(db, shopId, channelId, asker)
      const found = await store.findAvatar(db, shopId, id)
      if (found === undefined) throw new Refusal('not_found', 'The channel has no picture')
      return found
    },
  }
}

/** One transaction, with nobody else changing the shop's channels meanwhile. */
export function changingChannels<T>(
  db: Database,
  shopId: number,
  change: (handle: store.Handle, settings: store.SettingsRow) => Promise<T>,
): Promise<T> {
  return db.transaction(async (sql) => {
    const handle = { sql, t: db.t }
    return change(handle, await store.holdSettings(handle, shopId))
  })
}

const SHOWN_HERE = 5

function countsShown(counts: store.ChannelCounts | undefined) {
  const { here = [], operatorCount = 0, queuedCount = 0, assignedCount = 0 } = counts ?? {}
  return {
    operatorsOnline: here.length,
    operatorsHere: here.slice(0, SHOWN_HERE).map(({ publicId, name, photoOf }) => ({
      memberId: publicId.toString('base64url'),
      name,
      hasPhoto: photoOf !== null,
    })),
    operatorCount,
    queuedCount,
    assignedCount,
  }
}

function toldOf({
  name,
  options,
  archivedAt,
}: Pick<store.ChannelRow, 'name' | 'options' | 'archivedAt'>) {
  return { name, isArchived: archivedAt !== null, ...options }
}

export function changedMeanwhile(): Refusal {
  return new Refusal('conflict', 'Somebody else has changed this channel meanwhile: read it again')
}

/** Those whose operator they are. */
export async function channelsOf(
  handle: store.Handle,
  shopId: number,
  by: Actor,
): Promise<ReadonlyMap<number, { readonly isSeated: boolean }>> {
  const member = await memberBehind(handle, shopId, by)
  return member === undefined ? new Map() : listChannelsOf(handle, shopId, member.id)
}

/** The member who asks; undefined: a key, or a one-time link. */
async function memberBehind(handle: store.Handle, shopId: number, by: Actor) {
  if (by.kind !== 'member') return undefined
  return findMember(handle, shopId, Buffer.from(by.name, 'base64url'))
}

/** Refuses with `not_found` what is not there, and to whom may only see their own what is not theirs. */
export async function requireChannel(
  handle: store.Handle,
  shopId: number,
  channelId: string,
  asker?: Asker,
): Promise<store.ChannelRow> {
  const row = await store.findChannel(handle, shopId, Buffer.from(channelId, 'base64url'))
  const isOpen =
    row !== undefined &&
    (asker?.isOwnOnly !== true || (await channelsOf(handle, shopId, asker.by)).has(row.id))
  if (!isOpen) throw new Refusal('not_found', 'There is no such channel')
  return row
}

/** While the settings are held. */
export async function addChannel(
  handle: store.Handle,
  shopId: number,
  { name, by, at }: { readonly name: string; readonly by: Actor; readonly at: number },
): Promise<Pick<store.ChannelRow, 'id' | 'publicId'>> {
  await requireRoom(handle, shopId)
  const publicId = randomBytes(16)
  const options = ChannelOptionsSchema.parse({})
  const times = { archivedAt: null, createdAt: at, updatedAt: at }
  const id = await store.insertChannel(handle, shopId, {
    publicId,
    name,
    options,
    version: 1,
    ...times,
  })
  const creator = await memberBehind(handle, shopId, by)
  if (creator?.mayAnswer === true) {
    await insertOperators(handle, shopId, { channelId: id, memberIds: [creator.id], createdAt: at })
  }
  const channelId = publicId.toString('base64url')
  const changes = { before: null, after: { name } }
  await note(handle, shopId, { ...changes, by, at, channelId, action: 'channel.created' })
  return { id, publicId }
}

async function requireRoom(handle: store.Handle, shopId: number): Promise<void> {
  const { length } = await store.listChannels(handle, shopId, false)
  if (length < CHANNEL_LIMITS.channels) return
  throw new Refusal(
    'conflict',
    `A shop has at most ${CHANNEL_LIMITS.channels} channels: archive one first`,
  )
}

interface Noted extends Changes {
  readonly by: Actor
  readonly at: number
  readonly channelId: string
  readonly action: string
}

export function note(
  handle: store.Handle,
  shopId: number,
  { channelId, ...entry }: Noted,
): Promise<void> {
  const object = { kind: 'channel', id: channelId }
  return recordChange(handle, shopId, { ...entry, object })
}
