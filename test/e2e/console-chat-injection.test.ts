import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { deviceOf } from '../support/chat-identity.ts'
import { openChannel, textOf } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { pngOf } from '../support/image-headers.ts'
import { injectionCorpus } from '../support/injection-corpus.ts'
import { openConsole, type OpenConsole } from './support/console.ts'
import { shownOn, watchRuns, type Runs } from './support/nothing-runs.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const COUNT = IS_LONG ? 5_000 : 60
/** Of one conversation, each in a field of its own or said. */
const SHARE = IS_LONG ? 50 : 20
/** Lines and spaces at the ends are not kept. */
const ALL = [...new Set(injectionCorpus(5_400).map((text) => text.slice(0, 190).trim()))].filter(
  Boolean,
)
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1e6)
/** Another part of them each time, round the end. */
const TEXTS = [...ALL.slice(SEED % ALL.length), ...ALL].slice(0, COUNT)
const SHARES = Array.from({ length: Math.ceil(TEXTS.length / SHARE) }, (_, at) =>
  TEXTS.slice(at * SHARE, (at + 1) * SHARE),
)

describe.skipIf(!hasChromium)(`what visitors say in the chat (seed ${SEED})`, () => {
  let stage: OpenConsole
  let page: Page
  let runs: Runs
  const ids: string[] = []

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/conversations' })
    page = stage.page
    page.setDefaultTimeout(15_000)
    runs = await watchRuns(stage.context, stage.server.url)
    const channel = await openChannel(stage.owner)
    const label = { en: 'Order' }
    await stage.owner.told('PATCH', `/chat/channels/${channel.id}`, {
      options: {
        preChat: {
          isOn: true,
          asksConsent: false,
          fields: [{ key: 'order', type: 'text', isRequired: false, labels: label, choices: [] }],
        },
      },
    })
    for (const [at, texts] of SHARES.entries()) ids.push(await talk(channel.id, texts, at))
    return () => stage.stop()
  }, 600_000)

  /** Somebody whose every word is one of the texts; a conversation that is over, and rated. */
  async function talk(channelId: string, texts: readonly string[], at: number): Promise<string> {
    const [name = '', order = '', file = '', comment = '', url = '', tag = '', ...said] = texts
    const device = deviceOf(stage.server, channelId)
    await device.visit(`https://shop.example/?q=${encodeURIComponent(url)}`)
    await device.identify(`buyer-${at}`)
    const { conversation } = await device.page.begin(said[0] ?? name, {
      visitor: device.visitor,
      fields: { order, name },
      page: { url: 'https://shop.example/', title: url },
    })
    const path = `/chat/conversations/${conversation.id}`
    for (const text of said.slice(1)) {
      expect(await device.page.post('/messages', { message: textOf(text) })).toMatchObject({
        status: 201,
      })
    }
    const { json } = await device.page.upload(pngOf(4, 4), file)
    const { fileKey } = json as { fileKey: string }
    const message = { kind: 'attachment', id: randomUUID(), fileKey }
    expect(await device.page.post('/messages', { message })).toMatchObject({ status: 201 })
    await stage.owner.told('POST', `${path}/messages`, textOf(said[0] ?? name))
    await stage.owner.told('POST', `${path}/messages`, {
      kind: 'note',
      id: randomUUID(),
      text: tag,
    })
    await stage.owner.told('PATCH', path, { state: 'closed' })
    expect(await device.page.post('/ratings', { rating: 2, comment })).toMatchObject({
      status: 200,
    })
    return conversation.id
  }

  async function open(path: string): Promise<void> {
    await page.goto(stage.server.url + path)
    await page.locator('main h1, main h2').first().waitFor()
    await expect.poll(() => page.locator('.bones, [aria-busy=true]').count()).toBe(0)
  }

  it('stands at the console letter by letter, and nothing of it runs', async () => {
    const seen = new Set<string>()
    const live: string[] = []
    const look = async () => {
      const shown = await shownOn(page, TEXTS)
      for (const at of shown.texts) seen.add(TEXTS[at] ?? '')
      live.push(...shown.live)
    }
    for (const id of ids) {
      await open(`/console/conversations?view=all&id=${id}`)
      await page.getByText('The visitor rated the chat 2 of 5').waitFor()
      await look()
    }
    await open('/console/reports')
    await page.getByRole('heading', { name: 'Ratings' }).waitFor()
    await look()

    // Of a file’s name only what comes after the last slash is kept.
    const files = new Set(SHARES.map(([, , file]) => file))
    expect(TEXTS.filter((text) => !seen.has(text) && !files.has(text))).toEqual([])
    expect(live).toEqual([])
    expect(runs.seen).toEqual([])
    expect(stage.watched.errors).toEqual([])
  }, 900_000)
})
