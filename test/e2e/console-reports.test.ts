import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import { bringMember, chatPage, openChannel, textOf } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import type { ConsoleClient } from '../support/console-client.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

/** In order: each goes on where the one before has left it. */
describe.skipIf(!hasChromium)('reports in the console', () => {
  let stage: OpenConsole
  let page: Page
  let sales: Channel
  let ana: ConsoleClient & { readonly id: string }

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/reports' })
    page = stage.page
    page.setDefaultTimeout(8_000)
    return () => stage.stop()
  })
  const tile = (name: string) => page.locator('.figure-tile').filter({ hasText: name })
  const valueOf = (name: string) => tile(name).locator('.figure-tile-value').innerText()
  const table = (name: string) => page.getByRole('table', { name, exact: true })

  it('say what will be there while there is nothing', async () => {
    await page.getByText('No conversations in these days').waitFor()
    expect(await page.locator('.figure-tile').count()).toBe(0)
    await expectAccessible(page, 'reports of nothing')
  })

  it('tell how conversations went, by channel and operator, with ratings and what was said to them', async () => {
    ana = await bringMember(stage.server, stage.owner, 'eva')
    sales = await openChannel(stage.owner, { name: 'Sales', operators: [ana.id] })
    await ana.told('PUT', `/chat/channels/${sales.id}/seat`)
    const rated = await answered(sales, ana)
    const rating = { conversationId: rated.id, rating: 4, comment: 'Quick, and kind' }
    expect((await rated.visitor.post('/ratings', rating)).status).toBeLessThan(300)
    const other = await openChannel(stage.owner, { name: 'Help' })
    const missed = chatPage(stage.server, other.id)
    const { conversation } = await missed.begin('Anybody?')
    await missed.post('/endings', { conversationId: conversation.id })
    await page.reload()
    await tile('Conversations').waitFor()

    expect(await valueOf('Conversations')).toBe('2')
    expect(await valueOf('Answered')).toBe('50%')
    expect(await valueOf('Missed')).toBe('1')
    expect(await valueOf('Rating')).toBe('4')
    await table('Channels').getByRole('rowheader', { name: 'Sales' }).waitFor()
    await table('Operators').getByRole('rowheader').first().waitFor()
    await table('Outcomes')
      .getByRole('row', { name: /No operator 1/ })
      .waitFor()
    await page.getByRole('list', { name: 'Ratings' }).getByText('Quick, and kind').waitFor()
    await expectAccessible(page, 'reports')
  })

  it('show the figure that is pressed, as a table too', async () => {
    await tile('Missed').click()
    await expect.poll(() => page.getByRole('slider').getAttribute('aria-label')).toBe('Missed')
    await page.getByText('Show as a table').click()
    await expect.poll(() => table('Missed').locator('tbody tr').count()).toBe(28)
  })

  it('are narrowed to a channel, which the address keeps', async () => {
    await page.getByLabel('Channel', { exact: true }).selectOption({ label: 'Sales' })
    await expect.poll(() => valueOf('Conversations')).toBe('1')
    await page.reload()
    await expect.poll(() => valueOf('Conversations')).toBe('1')
    expect(new URL(page.url()).searchParams.get('channel')).toBe(sales.id)
    await page.getByLabel('Channel', { exact: true }).selectOption({ label: 'All' })
    await expect.poll(() => valueOf('Conversations')).toBe('2')
  })

  it('are saved as a file', async () => {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: /CSV/ }).click()
    const path = await (await saving).path()
    const lines = (await readFile(path, 'utf8')).trim().split('\r\n')

    expect(lines).toHaveLength(3)
    expect(lines.find((line) => line.includes('Sales'))).toContain('Quick, and kind')
  })

  it('lead from a rating to its conversation', async () => {
    await page.getByRole('link', { name: /4 stars/ }).click()
    await page.getByRole('log').getByText('Here I am').waitFor()
    expect(new URL(page.url()).pathname).toBe('/console/conversations')
  })

  it('tell an operator of their own alone', async () => {
    const hers = await stage.another({ of: ana })
    await hers.goto(`${stage.server.url}/console/reports`)
    const value = hers.locator('.figure-tile-value').first()
    await expect.poll(() => value.innerText()).toBe('1')
    await hers.getByRole('link', { name: 'Reports' }).first().waitFor()
  })

  it('say why they cannot be read, and try again', async () => {
    await page.route('**/api/v1/figures/conversations*', (route) => route.abort())
    await page.goto(`${stage.server.url}/console/reports`)
    await page.getByRole('button', { name: 'Try again' }).first().waitFor()
    await page.unroute('**/api/v1/figures/conversations*')
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await expect.poll(() => valueOf('Conversations')).toBe('2')
  })

  it('are in Spanish', async () => {
    const spanish = await stage.another({ locale: 'es-CO' })
    await spanish.goto(`${stage.server.url}/console/reports`)
    await spanish.getByRole('heading', { name: 'Informes' }).waitFor()
    await expect
      .poll(() => spanish.locator('.figure-tile-label').allInnerTexts())
      .toContain('Primera respuesta')
  })

  async function answered({ id }: Channel, member: ConsoleClient) {
    const visitor = chatPage(stage.server, id)
    const { conversation } = await visitor.begin('Hello')
    const path = `/chat/conversations/${conversation.id}`
    await member.told('POST', `${path}/messages`, textOf('Here I am'))
    await member.told('PATCH', path, { state: 'closed' })
    return { visitor, id: conversation.id }
  }
})
