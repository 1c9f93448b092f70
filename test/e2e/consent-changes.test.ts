import type { BrowserContext } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { batchesOf } from './support/batches.ts'
import { callOnly, command, tagReady } from './support/command.ts'
import { ALL, NONE, openConsentShop, storedKeys } from './support/consent-shop.ts'
import { createStage, type Stage } from './support/stage.ts'

describe.skipIf(!hasChromium)('when the visitor chooses', () => {
  let stage: Stage
  let context: BrowserContext

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser)
    return () => context.close()
  })

  it('off: what waited goes after the grant, the oldest hundred', async () => {
    const { key, open } = openConsentShop(stage, { mode: 'off' })
    const page = await open(context)
    const outcomes = page.evaluate(async () => {
      const gp: unknown = Reflect.get(window, 'gp')
      if (typeof gp !== 'function') throw new Error('No gp on the page')
      const calls = Array.from({ length: 150 }, (_, number) => gp('track', 'Waited', { number }))
      return (await Promise.all(calls)).map(({ ok }) => Boolean(ok))
    })
    await command(page, 'ready')
    expect(batchesOf(stage.proxy, key)).toEqual([])
    await command(page, 'consent', ALL)
    const accepted = (await outcomes).lastIndexOf(true)
    await command(page, 'track', 'After the grant')

    const waited = stage.ledger.events(key).filter(({ name }) => name !== 'After the grant')
    expect(accepted).toBe(98)
    expect(waited).toHaveLength(100)
    expect(waited[0]).toMatchObject({ type: 'page' })
    expect(waited.at(-1)?.properties).toEqual({ number: 98 })
    expect(waited.filter(({ visitorId }) => visitorId === null)).toEqual([])
  })

  it('off: a refusal sends nothing, and what waited is gone', async () => {
    const { key, open } = openConsentShop(stage, { mode: 'off' })
    const page = await open(context)
    const waited = page.evaluate(`gp('track', 'Waited')`)
    await command(page, 'consent', NONE)
    expect(await waited).toMatchObject({ ok: false })
    await command(page, 'consent', ALL)
    await command(page, 'track', 'After the grant')

    expect(stage.ledger.named(key, 'Waited')).toEqual([])
    expect(stage.ledger.named(key, 'After the grant')).toHaveLength(1)
  })

  it('anonymous: a grant begins a visitor, and what came before stays nobody’s', async () => {
    const { key, open } = openConsentShop(stage, { mode: 'anonymous' })
    const page = await open(context)
    await command(page, 'track', 'Before')
    await command(page, 'consent', ALL)
    await command(page, 'track', 'After')

    expect(stage.ledger.named(key, 'Before')[0]).toMatchObject({ visitorId: null, sessionId: null })
    expect(stage.ledger.named(key, 'After')[0]?.visitorId).toEqual(expect.any(Number))
  })

  it.each([
    { mode: 'off', stored: 0 },
    { mode: 'anonymous', stored: 1 },
  ] as const)(
    'a withdrawal deletes every key of ours and forgets the visitor ($mode)',
    async ({ mode, stored }) => {
      const { key, open, visitors } = openConsentShop(stage, { mode })
      const page = await open(context)
      await page.evaluate(() => localStorage.setItem('theme', 'dark'))
      await command(page, 'consent', ALL)
      await command(page, 'track', 'Known')
      expect(await storedKeys(page)).toContain('gp:id')
      expect(visitors()).toHaveLength(1)

      await command(page, 'consent', NONE)
      expect(await storedKeys(page)).toEqual(['gp:consent', 'theme'])
      await callOnly(page, 'track', 'Unknown')
      await page.reload()
      await tagReady(page)
      await expect.poll(() => stage.ledger.named(key, 'Unknown')).toHaveLength(stored)
      expect(await storedKeys(page)).toEqual(['gp:consent', 'theme'])

      await command(page, 'consent', ALL)
      await command(page, 'track', 'Known again')
      expect(visitors()).toHaveLength(2)
      const unknown = stage.ledger.named(key, 'Unknown')
      expect(unknown.filter(({ visitorId }) => visitorId !== null)).toEqual([])
    },
  )

  it('a choice holds for the next page and for other tabs', async () => {
    const { key, open, visitors } = openConsentShop(stage, { mode: 'off' })
    const page = await open(context)
    const other = await open(context)
    await command(page, 'consent', ALL)
    await command(page, 'track', 'Here')
    await command(other, 'track', 'There')
    const third = await open(context)
    await command(third, 'track', 'Later')

    const names = stage.ledger.events(key).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Here', 'There', 'Later']))
    await expect.poll(visitors).toHaveLength(1)
  })
})
