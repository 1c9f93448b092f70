import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import type { Nodes } from '../core/sockets.ts'
import { randomToken } from '../core/tokens.ts'

/** Somebody of the team who looks. */
export interface Looker {
  readonly publicId: string
  readonly name: string
}

/** What one node's sockets look at: all of it, so that whatever was lost before is made good by the next. */
interface Looks {
  /** By the conversation's row. */
  readonly lookers: readonly (readonly [conversation: number, lookers: readonly Looker[]])[]
  /** Of visitors who are watched. */
  readonly rooms: readonly string[]
}

export interface OtherNodes {
  readonly lookersAt: (conversation: number) => readonly Looker[]
  readonly isWatched: (room: string) => boolean
  /** Something changed here; told once for all that changes in this turn. */
  readonly changed: () => void
  readonly stop: () => void
}

interface OtherNodesDeps {
  readonly now: Clock
  readonly here: () => Looks
  readonly nodes: Nodes
  /** Who looks at these conversations elsewhere has changed. */
  readonly onChange: (conversations: readonly number[]) => void
}

const LooksSchema = z.object({
  node: z.string(),
  lookers: z.array(
    z.tuple([z.number(), z.array(z.object({ publicId: z.string(), name: z.string() }))]),
  ),
  rooms: z.array(z.string()),
})

const LOOKS = 'chat:looks'
const ASK = 'chat:looks?'
const AGAIN_EVERY_MS = 20_000
/** Of a node that ended without a word nobody hears any more. */
const BELIEVED_MS = 3 * AGAIN_EVERY_MS

interface Heard {
  readonly at: number
  readonly lookers: ReadonlyMap<number, readonly Looker[]>
  readonly rooms: ReadonlySet<string>
}

/** What is looked at at other nodes, as far as they tell. */
export function createOtherNodes({ now, here, nodes, onChange }: OtherNodesDeps): OtherNodes {
  const own = randomToken(12)
  const heard = new Map<string, Heard>()
  let isDue = false
  let isStopped = false
  let hasTold = false

  function send({ lookers, rooms }: Looks): void {
    hasTold = lookers.length > 0 || rooms.length > 0
    nodes.tell(LOOKS, { node: own, lookers, rooms })
  }

  function hear(told: unknown): void {
    const parsed = LooksSchema.safeParse(told)
    if (!parsed.success || parsed.data.node === own) return
    const { node, lookers, rooms } = parsed.data
    const before = heard.get(node)?.lookers ?? new Map<number, readonly Looker[]>()
    const after = new Map<number, readonly Looker[]>(lookers)
    if (after.size === 0 && rooms.length === 0) heard.delete(node)
    else heard.set(node, { at: now(), lookers: after, rooms: new Set(rooms) })
    const touched = [...new Set([...before.keys(), ...after.keys()])]
    onChange(touched.filter((id) => !isSame(before.get(id), after.get(id))))
  }

  function forgetSilent(): void {
    for (const [node, { at, lookers }] of heard) {
      if (now() - at <= BELIEVED_MS) continue
      heard.delete(node)
      onChange([...lookers.keys()])
    }
  }

  nodes.on(LOOKS, hear)
  nodes.on(ASK, () => send(here()))
  nodes.tell(ASK, {})
  const refreshing = setInterval(() => {
    forgetSilent()
    if (hasTold) send(here())
  }, AGAIN_EVERY_MS)

  return {
    lookersAt: (conversation) =>
      [...heard.values()].flatMap(({ lookers }) => lookers.get(conversation) ?? []),
    isWatched: (room) => [...heard.values()].some(({ rooms }) => rooms.has(room)),
    changed() {
      if (isDue || isStopped) return
      isDue = true
      setImmediate(() => {
        isDue = false
        if (!isStopped) send(here())
      })
    },
    stop() {
      isStopped = true
      clearInterval(refreshing)
      if (hasTold) send({ lookers: [], rooms: [] })
    },
  }
}

function isSame(one: readonly Looker[] = [], other: readonly Looker[] = []): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
