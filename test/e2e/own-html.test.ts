import type { BrowserContext } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Experience, ExperienceInput } from '#protocol/experiences.ts'
import { EXPERIENCE_SUBMISSIONS_PATH, EXPERIENCES_PATH } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { tagReady } from './support/command.ts'
import { pathOf, shopPage } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const OWN: ExperienceInput = {
  key: 'own',
  name: 'Own',
  kind: 'popup',
  state: 'active',
  targeting: { kind: 'all', of: [] },
  triggers: [{ on: 'load' }],
  frequency: { per: 'ever' },
  content: {
    layout: { kind: 'modal' },
    design: {
      kind: 'html',
      html: '<h2>News</h2><form><input name=email type=email aria-label=E-mail required><button data-gp-submit>Go</button></form>',
      css: 'h2 { color: rgb(1, 2, 3) }',
      thanks: [{ kind: 'heading', text: 'Welcome' }],
    },
  },
}

describe.skipIf(!hasChromium)('a form of own HTML', () => {
  let stage: Stage
  let key: string
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    stage = await createStage()
    stage.shop.serve('/favicon.ico', '')
    return () => stage.stop()
  })
  beforeEach(async () => {
    key = stage.ledger.openShop('full')
    const settings = { consent: 'full' }
    stage.shop.serve(pathOf(key), shopPage({ tagAt: stage.tagAt, key, settings }))
    context = await newShopper(stage.browser)
    watched = await watch(context)
    return () => context.close()
  })

  it('is stored as it was filled in, and then thanks', async () => {
    const api = await openApi()
    const experience: Experience = await api(EXPERIENCES_PATH, OWN)
    const page = await context.newPage()
    await page.goto(stage.shop.url(pathOf(key)))
    await tagReady(page)
    await page.getByLabel('E-mail').fill('ana@')
    await page.getByRole('button', { name: 'Go' }).click()
    await page.getByLabel('E-mail').fill('ana@example.com')
    await page.getByRole('button', { name: 'Go' }).click()
    await page.getByRole('heading', { name: 'Welcome' }).waitFor()

    const path = EXPERIENCE_SUBMISSIONS_PATH.replace(':id', experience.id)
    expect(await api(path)).toMatchObject({ items: [{ fields: { email: 'ana@example.com' } }] })
    expect([...watched.errors, ...watched.violations, ...watched.complaints]).toEqual([])
  })

  async function openApi() {
    const { account, url } = stage.server
    const holder = await account.findKeyHolder(key)
    const scopes = ['customers:read', 'experiences:write'] as const
    const secret = await account.createSecretKey(holder?.shop.id ?? 0, [...scopes])
    return async (path: string, body?: ExperienceInput) => {
      const reply = await fetch(url + path, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${secret}` },
        ...(body && { body: JSON.stringify(body) }),
      })
      expect(reply.ok).toBe(true)
      return reply.json()
    }
  }
})
