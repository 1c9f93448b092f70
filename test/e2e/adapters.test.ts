import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '#protocol/events.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { launcherOf, openChatShop, saidOn, windowOf } from './support/chat-shop.ts'
import { tagReady } from './support/command.ts'
import { shopPage } from './support/shop-page.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

/** Of sites as they stand: nothing of their own code changes but the address of one script. */
const SITES = {
  chatwoot: {
    early: "window.$chatwoot.toggle('open')",
    open: '$chatwoot.toggle()',
    close: "$chatwoot.toggle('close')",
    hide: "$chatwoot.toggleBubbleVisibility('hide')",
    show: "$chatwoot.toggleBubbleVisibility('show')",
    nonsense: "$chatwoot.setLabel('x'); $chatwoot.setUser(); $chatwoot.toggleBubbleVisibility()",
  },
  intercom: {
    early: "Intercom('boot', { app_id: 'abc' }); Intercom('show')",
    open: "Intercom('showNewMessage')",
    close: "Intercom('hide')",
    hide: "Intercom('update', { hide_default_launcher: true })",
    show: "Intercom('update', { hide_default_launcher: false })",
    nonsense: "Intercom('startTour', 1); Intercom(); Intercom('onShow'); Intercom('boot', null)",
  },
  crisp: {
    early: "$crisp.push(['do', 'chat:open'])",
    open: "$crisp.push(['do', 'chat:toggle'])",
    close: "$crisp.push(['do', 'chat:close'])",
    hide: "$crisp.push(['do', 'chat:hide'])",
    show: "$crisp.push(['do', 'chat:show'])",
    nonsense: "$crisp.push(['do', 'x'], 7, null, ['set'], ['on'], ['do', 'message:send'])",
  },
} as const

/** What those sites have in their head already. */
const STUBS = {
  chatwoot: '',
  intercom:
    'var i = function () { i.c(arguments) }; i.q = []; i.c = function (a) { i.q.push(a) }; window.Intercom = i',
  crisp: 'window.$crisp = []',
}

describe.skipIf(!hasChromium)('pages that had another chat', () => {
  let stage: Stage
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    stage = await createStage()
    await openChatShop(stage)
    return () => stage.stop()
  })
  beforeEach(async () => {
    context = await newShopper(stage.browser, { viewport: { width: 1280, height: 800 } })
    watched = await watch(context)
    return () => context.close()
  })

  const NONCE = 'of-a-test'
  /** Under a policy that allows what has the nonce alone, and no sink of strings. */
  async function visit(adapter: keyof typeof SITES, code: string, stub = ''): Promise<Page> {
    const tagAt = stage.server.url.replace('localhost', 'tag.localhost')
    const script = (text: string, more = '') => `<script nonce="${NONCE}"${more}>${text}</script>`
    const head = [
      '<link rel="icon" href="data:,">',
      script(stub),
      script('', ` src="${tagAt}/adapters/${adapter}.js"`),
      script(code),
    ].join('\n')
    const policy = [
      `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
      "style-src 'none'",
      `connect-src ${tagAt} ${tagAt.replace('http', 'ws')}`,
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
      "object-src 'none'",
      "base-uri 'none'",
    ].join('; ')
    const settings = { consent: 'full' }
    const page = shopPage({
      tagAt,
      key: stage.server.key,
      settings,
      head,
      body: '<p class="ask">Ask us</p>',
    })
    const body = page.replace('<script async', `<script nonce="${NONCE}" async`)
    stage.shop.serve('/adapted', body, { 'content-security-policy': policy })
    const opened = await context.newPage()
    await opened.goto(stage.shop.url('/adapted'))
    await tagReady(opened)
    return opened
  }
  /** As a handler of the site's own would. */
  const run = (page: Page, code: string) => page.evaluate(code)
  const isOpen = (page: Page) => windowOf(page).isVisible()

  for (const [name, calls] of Object.entries(SITES)) {
    const adapter = name as keyof typeof SITES
    it(`open and close ours by ${adapter}'s calls, the first before the tag has come`, async () => {
      const page = await visit(adapter, calls.early)
      await expect.poll(() => isOpen(page)).toBe(true)
      await run(page, calls.close)
      await expect.poll(() => isOpen(page)).toBe(false)
      await run(page, calls.open)
      await expect.poll(() => isOpen(page)).toBe(true)
      await run(page, calls.close)
      await expect.poll(() => isOpen(page)).toBe(false)
      await run(page, calls.hide)
      await expect.poll(() => launcherOf(page).isVisible()).toBe(false)
      await run(page, calls.show)
      await expect.poll(() => launcherOf(page).isVisible()).toBe(true)

      expect(watched.violations).toEqual([])
      expect(watched.errors).toEqual([])
    })

    it(`are thrown nothing by ${adapter}'s, whatever they call, and go on`, async () => {
      const page = await visit(adapter, calls.nonsense)
      await run(page, calls.nonsense)
      await run(page, calls.open)
      await expect.poll(() => isOpen(page)).toBe(true)
      expect(watched.errors).toEqual([])
    })
  }

  it('hear of what happens by the names they know', async () => {
    const chatwoot = await visit(
      'chatwoot',
      "window.heard = []; ['ready', 'opened', 'closed'].forEach(n => addEventListener('chatwoot:' + n, () => heard.push(n)))",
    )
    const heard = (page: Page) => page.evaluate(() => Reflect.get(window, 'heard') as unknown)
    await run(chatwoot, "$chatwoot.toggle('open')")
    await expect.poll(() => isOpen(chatwoot)).toBe(true)
    expect(await run(chatwoot, '$chatwoot.isOpen')).toBe(true)
    await run(chatwoot, "$chatwoot.toggle('close')")
    await expect.poll(() => heard(chatwoot)).toEqual(['ready', 'opened', 'closed'])

    const crisp = await visit(
      'crisp',
      "window.heard = []; $crisp.push(['on', 'chat:opened', () => heard.push('opened')])",
    )
    await run(crisp, "$crisp.push(['do', 'chat:open'])")
    await expect.poll(() => heard(crisp)).toEqual(['opened'])
    expect(await run(crisp, "$crisp.is('chat:opened')")).toBe(true)
  })

  it('have what their own stub took before the adapter done', async () => {
    const intercom = await visit('intercom', '', `${STUBS.intercom}; Intercom('show')`)
    await expect.poll(() => isOpen(intercom)).toBe(true)
    const crisp = await visit('crisp', '', `${STUBS.crisp}; $crisp.push(['do', 'chat:open'])`)
    await expect.poll(() => isOpen(crisp)).toBe(true)
  })

  it('open by the element that Intercom was told of, and send what Crisp is told to', async () => {
    const intercom = await visit(
      'intercom',
      "Intercom('boot', { app_id: 'x' })",
      "window.intercomSettings = { custom_launcher_selector: '.ask' }",
    )
    await intercom.getByText('Ask us').click()
    await expect.poll(() => isOpen(intercom)).toBe(true)

    const crisp = await visit('crisp', "$crisp.push(['do', 'chat:open'])")
    await expect.poll(() => isOpen(crisp)).toBe(true)
    await run(crisp, "$crisp.push(['do', 'message:send', ['text', 'Is it blue?']])")
    await expect.poll(() => saidOn(crisp)).toEqual(['> Is it blue?'])
  })

  it('tell who somebody is, and make nobody of who has no id', async () => {
    const told: (string | undefined)[] = []
    context.on('request', (request) => {
      if (!request.url().endsWith('/v1/events')) return
      const { events } = JSON.parse(request.postData() ?? '{}') as Partial<Batch>
      told.push(...(events ?? []).filter(({ type }) => type === 'identify').map((it) => it.userId))
    })
    const page = await visit('chatwoot', '$chatwoot.setUser(undefined, {}); $chatwoot.setUser("")')
    await run(page, "$chatwoot.setUser('c-77', { name: 'Sofía', avatar_url: 7 })")
    await run(page, "dispatchEvent(new Event('online'))")
    await expect.poll(() => told).toEqual(['c-77'])
  })

  it('keep the other chat where it is still there', async () => {
    const page = await visit('chatwoot', '', 'window.$chatwoot = { toggle: () => 7 }')
    expect(await run(page, '$chatwoot.toggle()')).toBe(7)
  })
})
