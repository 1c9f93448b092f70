import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ConversationRow } from '#server/chat/conversation-store.ts'
import { createLooking } from '#server/chat/looking.ts'

const publicId = randomBytes(16)
const row = { shopId: 1, id: 2, publicId, visitorId: 3 } as ConversationRow
const ana = { publicId: 'ana', name: 'Ana' }

it('who goes while it is looked up what they look at, looks at nothing', async () => {
  let find: (found: Buffer) => void = () => undefined
  const found = new Promise<Buffer>((resolve) => (find = resolve))
  const told: unknown[] = []
  const looking = createLooking({
    now: Date.now,
    visitorIdOf: () => found,
    changed: (_, members) => told.push(members),
    nodes: { tell: () => undefined, on: () => undefined },
  })
  const look = looking.begin({ join: () => undefined, leave: () => undefined }, ana)
  const asked = look.at([row])
  look.end()
  find(publicId)
  await asked

  expect(told).toEqual([])
  expect(looking.isWatched(1, publicId)).toBe(false)
  looking.stop()
})
