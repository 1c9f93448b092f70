import { describe, expect, it, vi } from 'vitest'
import {
  did,
  happened,
  newTestVisitor,
  openShop,
  startAudienceServer,
} from '../../support/audience-server.ts'
import { freshSqlite } from '../../support/databases.ts'
import { NOW } from '../../support/ingestion.ts'
import { startServer } from '../../support/server.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('a running server', () => {
  it('ends a window by itself, without an event', async () => {
    const server = await startServer()
    const shop = await openShop(server, server.shop.id)
    const { id } = await shop.create(did('Gift', 1, { last: 1, unit: 'minutes' }))
    const who = newTestVisitor(Date.now())
    const sentAt = Date.now()
    const at = sentAt - 57_000
    await shop.send(who, [happened('Gift', {}, at, sentAt)], { sentAt })
    expect(await shop.isMember(id, who.visitor.id)).toBe(true)

    await vi.waitFor(async () => expect(await shop.members(id)).toEqual([]), { timeout: 15_000 })
    const goneAt = Date.now()
    await server.stop()

    expect(goneAt).toBeGreaterThanOrEqual(at + MINUTE)
  })

  it('of which the clock is moved needs no event either', async () => {
    const database = await freshSqlite()
    const started = await startAudienceServer(database)
    const shop = await started.newShop()
    const { id } = await shop.create(did('Gift', 1, { last: 7, unit: 'days' }))
    const who = newTestVisitor()
    await shop.send(who, [happened('Gift')])

    started.clock.now = NOW + 7 * DAY - 1
    expect(await shop.isMember(id, who.visitor.id)).toBe(true)
    started.clock.now = NOW + 7 * DAY
    await vi.waitFor(async () => expect(await shop.members(id)).toEqual([]), { timeout: 15_000 })

    await started.stop()
    await database.remove()
  })
})
