import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PAGES } from '#console/pages.ts'
import type { PersonPage } from '#protocol/people.ts'
import { looksPrivate } from '#protocol/redact.ts'
import type { WebhookDelivery } from '#protocol/webhooks.ts'
import { readRange } from '#server/core/outbound-address.ts'
import { hasChromium } from '../support/chromium.ts'
import { injectionCorpus } from '../support/injection-corpus.ts'
import { closeServer, listen } from '../support/listening.ts'
import { openConsole, type OpenConsole } from './support/console.ts'
import { csvOfTexts, fillHostile, makeOfTexts, sendNames } from './support/hostile-shop.ts'
import { shownOn, watchRuns, type Runs } from './support/nothing-runs.ts'
import { createRandom } from './support/random.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1e6)
const COUNT = IS_LONG ? 5_000 : 40
/** Texts of one shop: a list of many thousand rows would show nothing more, slowly. */
const SHOP = 250
/** As long as most fields are, and one of a kind also so. */
const ALL = [...new Set(injectionCorpus(5_400).map((text) => text.slice(0, 190).trim()))]
const SHARES = Array.from({ length: Math.ceil(COUNT / SHOP) }, (_, at) => ({
  from: at * SHOP,
  texts: shareOf(ALL, COUNT).slice(at * SHOP, (at + 1) * SHOP),
}))
/** Of a list, as far as it goes on. */
const MOST_PAGES = IS_LONG ? 30 : 6
const MOST_OPENED = IS_LONG ? 20 : 3
const PEOPLE = IS_LONG ? 26 : 2
const OWN_NET = ['127.0.0.0/8'].map(readRange).filter((it) => it !== undefined)
/** For all that is sent before the first look. */
const SENDING_MS = 300_000
const PATIENCE = { timeout: 15_000, interval: 100 }
/** What a spreadsheet would run. */
const FORMULA = /^[=+\-@\t\r]/

const FORM = {
  layout: { kind: 'modal' },
  design: {
    kind: 'blocks',
    blocks: [
      { kind: 'field', name: 'first', type: 'text', label: 'Name', trait: 'firstName' },
      { kind: 'field', name: 'wish', type: 'text', label: 'Wish' },
      { kind: 'button', text: 'Send', action: { do: 'submit' } },
    ],
  },
}

/** In the order of the file: what comes later shows what was sent before. */
describe.skipIf(!hasChromium).each(SHARES)(
  `texts that want to run, $texts.length from $from on (seed ${SEED})`,
  ({ texts }) => {
    let opened: OpenConsole
    let page: Page
    let runs: Runs
    let receiver: Server
    const ids = { experience: '', audience: '', list: '', webhook: '' }
    const visited = new Set<string>()
    const seen = new Set<number>()
    const live: string[] = []

    beforeAll(async () => {
      // Also what other people's servers answer is shown.
      receiver = createServer((_, response) => response.writeHead(500).end(texts[0]))
      const port = await listen(receiver)
      opened = await openConsole({ server: { outboundAllow: OWN_NET } })
      page = opened.page
      page.setDefaultTimeout(15_000)
      runs = await watchRuns(opened.context, opened.server.url)
      const { owner, server } = opened
      const experience = await owner.told<{ id: string }>('POST', '/experiences', {
        key: 'form',
        name: 'Form',
        kind: 'popup',
        state: 'active',
        targeting: { kind: 'all', of: [] },
        triggers: [{ on: 'load' }],
        frequency: { per: 'ever' },
        content: FORM,
      })
      const made = await makeOfTexts(owner, texts)
      const webhook = await owner.told<{ id: string }>('POST', '/webhooks', {
        url: `http://127.0.0.1:${port}/`,
        events: ['order.completed', 'customer.created', 'submission.received'],
      })
      Object.assign(ids, {
        experience: experience.id,
        audience: made.audienceId,
        list: made.listId,
        webhook: webhook.id,
      })
      const some = texts.slice(0, 20)
      await fillHostile(server, some, experience.id)
      // More of the same deliveries would tell nothing new.
      await owner.told('PUT', `/webhooks/${webhook.id}`, {
        url: `http://127.0.0.1:${port}/`,
        events: ['order.completed'],
        state: 'paused',
      })
      await fillHostile(server, texts.slice(20), experience.id)
      // Products that pages show come a moment behind.
      await vi.waitFor(async () => {
        const { items } = await owner.told<{ items: unknown[] }>('GET', '/products')
        if (items.length < 3) throw new Error('Not yet')
      }, PATIENCE)
    }, SENDING_MS)
    afterAll(async () => {
      await opened.stop()
      await closeServer(receiver)
    })

    /** Opens a page of the console, whole. */
    async function open(path: string): Promise<void> {
      visited.add(path.replace(/[?].*$/, ''))
      await page.goto(opened.server.url + path)
      await page.locator('main h1, main h2, [role=alert]').first().waitFor()
      await settled()
    }

    async function settled(): Promise<void> {
      await expect
        .poll(() => page.locator('.bones, .list-end [aria-busy=true]').count(), { timeout: 15_000 })
        .toBe(0)
    }

    /** Looks at what the texts have become; returns how many stand there as they were written. */
    async function look(): Promise<number> {
      const shown = await shownOn(page, texts)
      for (const at of shown.texts) seen.add(at)
      live.push(...shown.live)
      return shown.texts.length
    }

    async function openMore(): Promise<void> {
      const more = page.locator('.list-end, .more').getByRole('button')
      for (let pages = 0; pages < MOST_PAGES && (await more.count()) > 0; pages += 1) {
        // The last one takes it away.
        await more
          .first()
          .click({ timeout: 2_000 })
          .catch(() => undefined)
        await settled()
      }
    }

    /** At the live page, which has room for the newest events only: some that arrive while it is open. */
    async function openArrivals(): Promise<void> {
      await sendNames(opened.server, texts.slice(0, 40))
      await expect.poll(look).toBeGreaterThan(0)
      const rows = page.locator('.row-button')
      for (let at = 0; at < MOST_OPENED; at += 1) await rows.nth(at).click()
    }

    async function openLines(): Promise<void> {
      const closed = page.locator('.trail-event:not([open]) > summary')
      for (let at = 0; at < MOST_OPENED && (await closed.count()) > 0; at += 1) {
        await closed
          .first()
          .click({ timeout: 2_000 })
          .catch(() => undefined)
      }
    }

    it.each([
      '/console',
      '/console/visitors',
      '/console/customers',
      '/console/orders',
      '/console/products',
      '/console/events',
      '/console/events?tab=names',
      '/console/events?tab=definitions',
      '/console/live',
      '/console/live?tab=events',
      '/console/lists',
      '/console/audiences',
      '/console/settings/audit-log',
    ])('stand as text on %s', async (path) => {
      await open(path)
      if (path.startsWith('/console/live'))
        await page.locator('.live-people, .row-button').first().waitFor()
      if (path.endsWith('?tab=events')) await openArrivals()
      await openLines()
      await openMore()
      // Figures come a second behind.
      await expect.poll(look).toBeGreaterThan(0)
    })

    it('are each of them shown somewhere', () => {
      // What looks like a token is left out of what is stored.
      expect(texts.filter((text, at) => !seen.has(at) && !looksPrivate(text))).toEqual([])
    })

    it('stand as text on the page of each person', async () => {
      const { owner } = opened
      let shown = 0
      for (const kind of ['visitor', 'customer'] as const) {
        let path: string | undefined = ''
        const people: string[] = []
        while (path !== undefined && people.length < PEOPLE) {
          const { items, nextCursor }: PersonPage = await owner.told(
            'GET',
            `/${kind}-profiles?limit=100&order=oldest${path}`,
          )
          people.push(...items.map(({ id }) => id))
          path = nextCursor === null ? undefined : `&cursor=${nextCursor}`
        }
        for (const id of people.slice(0, PEOPLE)) {
          await open(`/console/${kind}?id=${id}`)
          await openLines()
          shown += await look()
        }
      }
      expect(shown).toBeGreaterThan(PEOPLE)
      await page.getByRole('button', { name: 'Edit', exact: true }).click()
      expect(await look()).toBeGreaterThan(0)
    })

    it('stand as text in what opens: an order, a product, a delivery, a file, a condition', async () => {
      for (const path of ['/console/orders', '/console/products']) {
        await open(path)
        await page.locator('.open-button').nth(1).click()
        await page.getByRole('dialog').waitFor()
        expect(await look()).toBeGreaterThan(0)
      }
      await expect
        .poll(async () => {
          const path = `/webhooks/${ids.webhook}/deliveries`
          const { items } = await opened.owner.told<{ items: WebhookDelivery[] }>('GET', path)
          return items.some(({ attempts }) => attempts > 0)
        })
        .toBe(true)
      await open(`/console/settings/webhook?id=${ids.webhook}`)
      await page.locator('.open-button').first().click()
      await page.getByRole('dialog').locator('pre, code').first().waitFor()
      await settled()
      await look()

      await open(`/console/list?id=${ids.list}`)
      await page.locator('main button').first().click()
      await page.setInputFiles('input[type=file]', {
        name: 'people.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(csvOfTexts(texts)),
      })
      await page.locator('.list-sample').waitFor()
      expect(await look()).toBeGreaterThan(0)

      await open(`/console/audience?id=${ids.audience}`)
      await openMore()
      expect(await look()).toBeGreaterThan(0)
      await open(`/console/experience?id=${ids.experience}&tab=targeting`)
      await look()
    })

    it('come from an address as words looked for, and nothing else', async () => {
      const asking = texts.slice(0, IS_LONG ? 20 : 1)
      const names = [
        'search',
        'condition',
        'id',
        'tab',
        'name',
        'property',
        'value',
        'step',
        'brand',
      ]
      const others = ['customerId', 'from', 'to', 'days', 'order', 'status', 'list', 'shop', 'by']
      const paths = PAGES.map(({ path }) => path)
      for (const [at, text] of asking.entries()) {
        const query = new URLSearchParams([...names, ...others].map((name) => [name, text]))
        // Every page with the first; then, page by page, one text each.
        const asked = at === 0 ? paths : [paths[at % paths.length] ?? '']
        for (const path of asked) {
          await open(`${path}?${query}#${encodeURIComponent(text)}`)
          await look()
        }
      }
      expect(live).toEqual([])
    })

    it('are no formulas in the files that leave the shop', async () => {
      for (const list of ['visitors', 'customers', 'orders', 'products']) {
        const { text } = await opened.owner.ask('GET', `/files/${list}.csv`)
        const cells = cellsOf(text.replace(/^\uFEFF/, ''))
        expect(cells.length).toBeGreaterThan(texts.length)
        expect(cells.filter((cell) => FORMULA.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell))).toEqual(
          [],
        )
      }
    })

    it('ran nowhere, on any page of the console', () => {
      expect(PAGES.map(({ path }) => path).filter((path) => !visited.has(path))).toEqual([])
      expect(live).toEqual([])
      expect(runs.seen).toEqual([])
      expect(opened.watched.violations).toEqual([])
      expect(opened.watched.errors).toEqual([])
    })
  },
)

/** So many of them, from all families alike, others with every seed. */
function shareOf(texts: readonly string[], count: number): string[] {
  if (texts.length <= count) return [...texts]
  if (IS_LONG) return texts.slice(0, count)
  const random = createRandom(SEED)
  const step = texts.length / count
  return Array.from({ length: count }, (_, at) => {
    return texts[Math.floor((at + random()) * step)] ?? ''
  })
}

/** The cells of a file, as RFC 4180 has them. */
function cellsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  )
}
