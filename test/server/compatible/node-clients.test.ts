import { dirname } from 'node:path'
import { jitsuAnalytics } from '@jitsu/js'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createRecorder, type Recorder } from './support/recorder.ts'
import { expectStored, storedRows } from './support/stored.ts'

const COUNT = 100
const HOUR = 3_600_000
/** The events' own times: hours apart, so that none can be taken for another's or for now. */
const timeOf = (i: number) => new Date(Date.now() - (i + 1) * HOUR)
const visitorOf = (i: number) => `visitor-${i % 7}`
/** One a visitor: another would make another visitor of the same browser. */
const userOf = (i: number) => `u-${i % 7}`

eachDatabase('100 events sent are 100 events stored', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let recorder: Recorder

  beforeEach(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    await server.account.setConsentMode(server.shop.id, 'full')
    recorder = await createRecorder(() => server.url)
  })
  afterEach(async () => {
    await recorder.stop()
    await server.stop()
    await database.remove()
  })

  /** What is stored once the client has sent all it had. */
  async function expectAllStored() {
    await expect.poll(() => recorder.sent().length, { timeout: 15_000 }).toBe(COUNT)
    await server.stop()
    const rows = await storedRows(database.address)
    expectStored(rows, recorder.sent())
    return rows
  }

  it('by @segment/analytics-node', async () => {
    const client = new Analytics({ writeKey: server.key, host: recorder.at('localhost') })

    for (let i = 0; i < COUNT; i += 1) {
      const common = { anonymousId: visitorOf(i), timestamp: timeOf(i) }
      const acts = [
        () => client.track({ ...common, event: 'Product Viewed', properties: { price: i } }),
        () => client.page({ ...common, name: 'Lamps', properties: { url: 'https://a.example/' } }),
        () => client.screen({ ...common, name: 'Basket' }),
        () => client.identify({ ...common, userId: userOf(i), traits: { plan: 'gold' } }),
        () => client.group({ ...common, groupId: 'g-1' }),
        () => client.alias({ userId: userOf(i), previousId: visitorOf(i), timestamp: timeOf(i) }),
      ]
      acts[i % acts.length]?.()
    }
    await client.closeAndFlush()

    const rows = await expectAllStored()
    expect(rows.filter(({ name }) => name === 'Product Viewed')).toHaveLength(17)
  })

  it('by @segment/analytics-node with a secret key, which makes them verified', async () => {
    const writeKey = await server.account.createSecretKey(server.shop.id, ['events:write'])
    await server.account.setConsentMode(server.shop.id, 'off')
    const client = new Analytics({ writeKey, host: recorder.at('localhost') })

    for (let i = 0; i < COUNT; i += 1) {
      client.track({ userId: `u-${i}`, event: 'Order Completed', timestamp: timeOf(i) })
    }
    await client.closeAndFlush()

    const rows = await expectAllStored()
    expect(rows.every(({ verified }) => Boolean(verified))).toBe(true)
  })

  it.each([true, false])('by @rudderstack/rudder-sdk-node (gzip: %s)', async (gzip) => {
    const client = new RudderAnalytics(server.key, {
      dataPlaneUrl: recorder.at('localhost'),
      flushInterval: 100,
      gzip,
    })

    for (let i = 0; i < COUNT; i += 1) {
      const common = { anonymousId: visitorOf(i), timestamp: timeOf(i) }
      const acts = [
        () => client.track({ ...common, event: 'Product Viewed', properties: { price: i } }),
        () => client.page({ ...common, name: 'Lamps' }),
        () => client.screen({ ...common, name: 'Basket' }),
        () => client.identify({ ...common, userId: userOf(i), traits: { plan: 'gold' } }),
        () => client.group({ ...common, groupId: 'g-1' }),
        () => client.alias({ ...common, userId: userOf(i), previousId: visitorOf(i) }),
      ]
      acts[i % acts.length]?.()
    }
    await client.flush()

    const rows = await expectAllStored()
    expect(rows.filter(({ name }) => name === 'Product Viewed')).toHaveLength(17)
  })

  it('by @jitsu/js on a server', async () => {
    const client = jitsuAnalytics({
      writeKey: `${server.key}:secret`,
      host: recorder.at('localhost'),
      s2s: true,
    })

    for (let i = 0; i < COUNT; i += 1) {
      const acts = [
        () => client.track('Product Viewed', { price: i }),
        () => client.page('Lamps'),
        () => client.identify('u-1', { plan: 'gold' }),
        () => client.group('g-1', { size: 3 }),
      ]
      await acts[i % acts.length]?.()
    }

    const rows = await expectAllStored()
    expect(rows.filter(({ name }) => name === 'Product Viewed')).toHaveLength(25)
  })
})
