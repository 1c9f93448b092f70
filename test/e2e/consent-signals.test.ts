import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { batchesOf } from './support/batches.ts'
import { callOnly, command, tagReady } from './support/command.ts'
import { ALL, openConsentShop, storedKeys } from './support/consent-shop.ts'
import { createStage, type Stage } from './support/stage.ts'

describe.skipIf(!hasChromium)('consent given elsewhere', () => {
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

  it('Global Privacy Control keeps personalisation and marketing denied', async () => {
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })
    })
    const { key, open } = openConsentShop(stage, { mode: 'anonymous' })
    const page = await open(context)
    await command(page, 'consent', ALL)
    await command(page, 'track', 'Chosen')

    expect(batchesOf(stage.proxy, key).at(-1)?.consent).toEqual({
      statistics: true,
      personalisation: false,
      marketing: false,
      gpc: true,
    })
  })

  it('Google consent mode is read: denied by default, granted later', async () => {
    const { key, open } = openConsentShop(stage, {
      mode: 'anonymous',
      head: `<script>
        gtag('consent', 'default', { analytics_storage: 'denied', ad_storage: 'denied' })
        gtag('consent', 'default', { analytics_storage: 'granted', region: ['AR'] })
      </script>`,
    })
    const page = await open(context)
    await command(page, 'track', 'Denied')
    await page.evaluate(`gtag('consent', 'update', { analytics_storage: 'granted' })`)
    await command(page, 'track', 'Granted')

    expect(stage.ledger.named(key, 'Denied')[0]?.visitorId).toBeNull()
    expect(stage.ledger.named(key, 'Granted')[0]?.visitorId).toEqual(expect.any(Number))
    expect(batchesOf(stage.proxy, key).at(-1)?.consent).toMatchObject({
      statistics: true,
      marketing: false,
    })
  })

  it('a consent platform is read through __tcfapi: granted, then withdrawn', async () => {
    const { key, open } = openConsentShop(stage, { mode: 'anonymous', head: TCF_PLATFORM })
    const page = await open(context)
    await page.evaluate(`setTcf(true)`)
    await expect.poll(() => nextBatch(key, page)).toMatchObject({ consent: ALL })

    await page.evaluate(`setTcf(false)`)
    await expect.poll(() => nextBatch(key, page)).toMatchObject({ visitor: null })
    expect(await storedKeys(page)).not.toContain('gp:id')
  })

  it('and so is a choice that was made there before the tag’s reader had come', async () => {
    const { key, open } = openConsentShop(stage, { mode: 'anonymous', head: TCF_PLATFORM })
    let letCome = () => {}
    const held = new Promise<void>((resolve) => (letCome = resolve))
    await context.route('**/tcf.js', (route) => held.then(() => route.continue()))
    const page = await open(context)
    await page.evaluate(`setTcf(true)`)
    expect(await nextBatch(key, page)).toMatchObject({ consent: null })

    letCome()
    await expect.poll(() => nextBatch(key, page)).toMatchObject({ consent: ALL })
  })

  async function nextBatch(key: string, page: Page) {
    await command(page, 'track', 'Asked')
    return batchesOf(stage.proxy, key).at(-1)
  }

  describe('where the page asks for a cookie', () => {
    it('the visitor is kept, with consent, on the shop’s own site', async () => {
      const tagAt = stage.proxy.at('gp.shop.localhost')
      const { key, open, visitors } = openConsentShop(stage, {
        mode: 'anonymous',
        tagAt,
        settings: { cookie: '' },
      })
      const page = await open(context)
      await command(page, 'track', 'Before')
      expect(await context.cookies(tagAt)).toEqual([])

      await command(page, 'consent', ALL)
      await command(page, 'track', 'First')
      expect(await context.cookies(tagAt)).toMatchObject([{ httpOnly: true }])
      expect(await storedKeys(page)).not.toContain('gp:id')

      await trackOnNextPage(page, 'Second')
      expect(visitors()).toHaveLength(1)
      expect(JSON.stringify(batchesOf(stage.proxy, key))).not.toContain('"token"')
    })

    it('no other site gets one', async () => {
      const { open } = openConsentShop(stage, { mode: 'anonymous', settings: { cookie: '' } })
      const page = await open(context)
      await command(page, 'consent', ALL)
      await callOnly(page, 'track', 'First')
      await trackOnNextPage(page, 'Second')

      expect(await context.cookies(stage.tagAt)).toEqual([])
    })
  })
})

async function trackOnNextPage(page: Page, name: string): Promise<void> {
  await page.reload()
  await tagReady(page)
  await command(page, 'track', name)
}

/**
 * A consent platform as IAB's specification has it: a function that calls back with the present state at once, and
 * whenever the choice changes. The tag's reader may come after the visitor's choice.
 */
const TCF_PLATFORM = `<script>
  {
    const listeners = []
    let present = ['cmpuishown', false]
    const tcData = ([eventStatus, value]) => {
      const purposes = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [at + 1, value]))
      const purpose = { consents: purposes, legitimateInterests: purposes }
      return { eventStatus, gdprApplies: true, listenerId: 1, purpose }
    }
    window.__tcfapi = (command, version, callback) => {
      if (command !== 'addEventListener') return callback({ cmpStatus: 'loaded' }, true)
      listeners.push(callback)
      callback(tcData(present), true)
    }
    window.setTcf = (value) => {
      present = ['useractioncomplete', value]
      for (const listener of listeners) listener(tcData(present), true)
    }
  }
</script>`
