import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ExperienceInput } from '#protocol/experiences.ts'
import { CLAIMS_PATH, EXPERIENCES_PATH } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { command, tagReady } from './support/command.ts'
import { pathOf, shopPage } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'

const TABS = 10
const TEXT = 'Free shipping this week'

const ONCE: ExperienceInput = {
  key: 'once',
  name: 'Once',
  kind: 'popup',
  state: 'active',
  targeting: { kind: 'all', of: [] },
  triggers: [{ on: 'load' }],
  frequency: { per: 'ever' },
  content: {
    layout: { kind: 'slideIn', corner: 'end' },
    design: { kind: 'blocks', blocks: [{ kind: 'heading', text: TEXT }] },
  },
}

describe.skipIf(!hasChromium)('somebody with ten tabs and two devices', () => {
  let stage: Stage
  let key: string
  let devices: BrowserContext[]

  beforeAll(async () => {
    stage = await createStage()
    return () => stage.stop()
  })
  beforeEach(async () => {
    key = stage.ledger.openShop('full')
    stage.shop.serve(
      pathOf(key),
      shopPage({ tagAt: stage.tagAt, key, settings: { consent: 'full' } }),
    )
    devices = await Promise.all([newShopper(stage.browser), newShopper(stage.browser)])
    return async () => {
      await Promise.all(devices.map((device) => device.close()))
    }
  })

  it('is shown an experience once', async () => {
    for (const device of devices) {
      const page = await visit(device)
      expect(await command(page, 'identify', 'customer-7')).toEqual({ ok: true })
      await page.close()
    }
    await publish(ONCE)
    const granted: boolean[] = []
    for (const device of devices) {
      device.on('response', (response) => {
        if (!response.url().endsWith(CLAIMS_PATH)) return
        void response
          .json()
          .then(({ isGranted }: { isGranted: boolean }) => granted.push(isGranted))
      })
    }

    const [first, second] = devices
    const opened = Array.from({ length: TABS + 1 }, (_, i) => visit(i < TABS ? first : second))
    const tabs = await Promise.all(opened)
    // Answered after whatever the page view has led to.
    await Promise.all(tabs.map((tab) => command(tab, 'track', 'Stayed')))

    await expect.poll(() => timesShown()).toBe(1)
    const seen = await Promise.all(tabs.map((tab) => tab.getByText(TEXT).first().isVisible()))
    expect(seen.filter(Boolean)).toHaveLength(1)
    expect(granted.filter(Boolean)).toHaveLength(1)

    const later = await visit(second)
    await command(later, 'track', 'Stayed')
    expect(await later.getByText(TEXT).count()).toBe(0)
    expect(timesShown()).toBe(1)
  })

  async function visit(device: BrowserContext | undefined): Promise<Page> {
    if (device === undefined) throw new Error('There are two devices')
    const page = await device.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await tagReady(page)
    return page
  }

  async function publish(experience: ExperienceInput): Promise<void> {
    const { account, url } = stage.server
    const holder = await account.findKeyHolder(key)
    const secret = await account.createSecretKey(holder?.shop.id ?? 0, ['experiences:write'])
    const reply = await fetch(url + EXPERIENCES_PATH, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify(experience),
    })
    expect(reply.status).toBe(201)
  }

  function timesShown(): number {
    return stage.ledger.named(key, 'Experience Shown').length
  }
})
