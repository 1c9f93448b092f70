import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../support/databases.ts'
import { BROWSER } from '../../support/ingestion.ts'
import { startServer } from '../../support/server.ts'
import { storedRows } from './support/stored.ts'

/** As long as `chars`, and cut there it ends in half of a character. */
const endingInHalf = (chars: number) => `${'x'.repeat(chars - 1)}💥`

eachDatabase('what no database could keep', (fresh) => {
  it('is kept without it, and sinks no other event of its commit', async () => {
    const database = await fresh()
    const { url, file = '' } = database.address
    const server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    await server.account.setConsentMode(server.shop.id, 'full')
    const pages = [
      { title: endingInHalf(500) },
      { url: `https://shop.example/${endingInHalf(2_048 - 21)}` },
      { referrer: `https://shop.example/${endingInHalf(2_048 - 21)}` },
      { title: 'a\0b' },
      { title: 'a\ud800b' },
    ]
    const contexts = [
      ...pages.map((page) => ({ page })),
      { locale: endingInHalf(35), sessionId: 1 },
      { timezone: endingInHalf(64), sessionId: 2 },
      { locale: 'e\0s', timezone: '\udfff', sessionId: 'three\0' },
      { campaign: { name: endingInHalf(200) }, page: { url: 'https://shop.example/' } },
      { userAgent: `${BROWSER}${endingInHalf(500 - BROWSER.length)}`, sessionId: 5 },
    ]
    const batch = contexts.map((context, i) => ({
      type: 'track',
      event: `Event ${i}\0`,
      anonymousId: `a\0-${i}`,
      userId: `u\0-${i}`,
      messageId: `m\0-${i}`,
      properties: { 'a\0': 'b\ud83d', ['__proto__']: { admin: true } },
      context,
    }))

    const reply = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: server.key, batch }),
    })
    await server.stop()
    const rows = await storedRows(database.address)
    await database.remove()

    expect(reply.status).toBe(200)
    expect(rows.map(({ name }) => name)).toEqual(contexts.map((_, i) => `Event ${i}`))
    expect(new Set(rows.map(({ visitorId }) => visitorId)).size).toBe(contexts.length)
  })
})
