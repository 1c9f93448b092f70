import type { ConsoleChatServerEvents } from '#protocol/chat-sockets.ts'
import type { Clock } from '../core/clock.ts'
import type { OpenSocket } from '../core/open-socket.ts'
import type { Nodes } from '../core/sockets.ts'
import type { ConversationRow } from './conversation-store.ts'
import { createOtherNodes, type Looker } from './other-nodes.ts'
import { lookingRoom, trailRoom } from './rooms.ts'

type Socket = Pick<OpenSocket<ConsoleChatServerEvents>, 'join' | 'leave'>
type Named = Pick<ConversationRow, 'shopId' | 'id' | 'publicId'>

/** Who of the team has which conversation on the screen, at whichever node. */
export interface Looking {
  readonly begin: (
    socket: Socket,
    who: Looker | undefined,
  ) => {
    readonly at: (conversations: readonly ConversationRow[]) => Promise<void>
    readonly end: () => void
  }
  /** Whether somebody looks at what a visitor does. */
  readonly isWatched: (shopId: number, visitorId: Buffer) => boolean
  readonly stop: () => void
}

interface LookingDeps {
  readonly now: Clock
  /** Of the visitor's row, what it is called outside. */
  readonly visitorIdOf: (shopId: number, visitorRow: number) => Promise<Buffer | undefined>
  /** To be told to those who look at it at this node: each node tells its own. */
  readonly changed: (conversation: Named, members: readonly Looker[]) => void
  readonly nodes: Nodes
}

/** Somebody here looks at it. */
interface Seen {
  readonly row: Named
  /** Sockets, those of nobody (a key's, a link's) with undefined. */
  readonly by: Map<Socket, Looker | undefined>
}

export function createLooking({ now, visitorIdOf, changed, nodes }: LookingDeps): Looking {
  const seen = new Map<number, Seen>()
  const watched = new Map<string, number>()
  const others = createOtherNodes({
    now,
    here: () => ({
      lookers: [...seen.keys()].flatMap((id) => {
        const lookers = lookersHere(id)
        return lookers.length === 0 ? [] : [[id, lookers] as const]
      }),
      rooms: [...watched.keys()],
    }),
    nodes,
    onChange: (conversations) => conversations.forEach(tell),
  })

  function lookersHere(id: number): readonly Looker[] {
    return [...(seen.get(id)?.by.values() ?? [])].filter((one) => one !== undefined)
  }

  function tell(id: number): void {
    const found = seen.get(id)
    if (found === undefined) return
    const members = [...lookersHere(id), ...others.lookersAt(id)]
    const once = new Map(members.map((one) => [one.publicId, one]))
    changed(found.row, [...once.values()])
  }

  function count(room: string, by: 1 | -1): void {
    const left = (watched.get(room) ?? 0) + by
    if (left > 0) watched.set(room, left)
    else watched.delete(room)
  }

  return {
    isWatched(shopId, visitorId) {
      const room = trailRoom(shopId, visitorId)
      return watched.has(room) || others.isWatched(room)
    },
    stop: others.stop,

    begin(socket, who) {
      let isOver = false
      let own: readonly { readonly row: Named; readonly rooms: readonly string[] }[] = []

      function leaveAll(): void {
        for (const { row, rooms } of own) {
          for (const room of rooms) socket.leave(room)
          for (const room of rooms) count(room, -1)
          const found = seen.get(row.id)
          found?.by.delete(socket)
          if (found?.by.size === 0) seen.delete(row.id)
          if (who !== undefined) tell(row.id)
        }
        own = []
        others.changed()
      }

      return {
        async at(conversations) {
          const next = await Promise.all(
            conversations.map(async (row) => ({ row, rooms: await roomsOf(row) })),
          )
          // It went meanwhile: nobody would take it out again.
          if (isOver) return
          leaveAll()
          own = next
          for (const { row, rooms } of next) {
            socket.join(rooms)
            for (const room of rooms) count(room, 1)
            const found = seen.get(row.id) ?? { row, by: new Map() }
            seen.set(row.id, found)
            found.by.set(socket, who)
            tell(row.id)
          }
          others.changed()
        },
        end() {
          isOver = true
          leaveAll()
        },
      }
    },
  }

  async function roomsOf({ shopId, id, visitorId }: ConversationRow): Promise<string[]> {
    const rooms = [lookingRoom(shopId, id)]
    const publicId = visitorId === null ? undefined : await visitorIdOf(shopId, visitorId)
    return publicId === undefined ? rooms : [...rooms, trailRoom(shopId, publicId)]
  }
}
