import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FiguresAnswer } from '#protocol/figures.ts'
import { CONSOLE_PATH } from '#protocol/names.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'
import { fillLively, sendVisit } from './support/lively-shop.ts'

/** In the order of a shop’s life: each goes on where the one before has left it. */
describe.skipIf(!hasChromium)('the console’s home', () => {
  let stage: OpenConsole
  let page: Page

  beforeAll(async () => {
    stage = await openConsole()
    page = stage.page
    return () => stage.stop()
  })
  const tile = (name: string) => page.locator('.figure-tile').filter({ hasText: name })
  const valueOf = (name: string) => tile(name).locator('.figure-tile-value').innerText()
  const slider = () => page.getByRole('slider')
  const figures = (query: string) => stage.owner.told<FiguresAnswer>('GET', `/figures${query}`)

  it('leads to the first run until something has arrived', async () => {
    await page.getByText('Nothing has arrived yet').waitFor()
    await page.getByRole('link', { name: 'Connect your shop' }).waitFor()

    expect(await page.locator('.figure-tile').count()).toBe(0)
  })

  it('tells the figures of the days shown, with their change', async () => {
    await fillLively(stage.server, { visitors: 160, days: 50 })
    const { now } = await eventually(() => figures(''))
    await page.goto(stage.server.url + CONSOLE_PATH)
    await tile('Sessions').waitFor()

    expect(await valueOf('Sessions')).toBe(String(now.totals.sessions))
    expect(await valueOf('Orders')).toBe(String(now.totals.orders))
    expect(await valueOf('Revenue')).toContain('€')
    expect(await tile('Visitors').locator('.figure-tile-change').innerText()).toMatch(/%$/)
    const sources = page.getByRole('table', { name: 'Where sessions came from' })
    await sources.getByRole('rowheader', { name: 'google / organic' }).waitFor()
    await page.getByRole('table', { name: 'Products' }).getByText('Chemex, six cups').waitFor()
  })

  it('shows the figure that is pressed, point by point by arrow keys', async () => {
    await tile('Revenue').click()
    await expect.poll(() => slider().getAttribute('aria-label')).toBe('Revenue')
    await slider().focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')

    await expect.poll(() => slider().inputValue()).toBe('1')
    expect(await slider().getAttribute('aria-valuetext')).toContain('€')
    await page.getByText('Show as a table').click()
    const rows = page.getByRole('table', { name: 'Revenue' }).locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(28)
    await page.getByText('Show as a table').click()
  })

  it('keeps the days shown in the address', async () => {
    await page.getByRole('button', { name: '7 days' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?days=7')
    const { now } = await figures(lastDays(7))
    await expect.poll(() => valueOf('Sessions')).toBe(String(now.totals.sessions))
    await page.reload()
    await expect.poll(() => valueOf('Sessions')).toBe(String(now.totals.sessions))

    await page.getByRole('button', { name: 'Any days' }).click()
    await page.getByLabel('From', { exact: true }).fill('2026-01-01')
    await page.getByLabel('To', { exact: true }).fill('2026-01-02')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?from=2026-01-01&to=2026-01-02')
    await page.getByText('Nobody came in these days.').first().waitFor()
    await expect.poll(() => valueOf('Average order')).toBe('–')
    await expectAccessible(page, 'home without sessions')
  })

  it('counts whoever comes while one looks, without a reload', async () => {
    await page.clock.install()
    await page.goto(`${stage.server.url}${CONSOLE_PATH}?days=1`)
    await tile('Sessions').waitFor()
    const before = (await figures(lastDays(1))).now.totals.sessions
    await expect.poll(() => valueOf('Sessions')).toBe(String(before))
    await sendVisit(stage.server, {
      began: Date.now(),
      steps: [{ type: 'page', name: 'Page' }],
      device: 'phone',
    })
    await expect.poll(async () => (await figures(lastDays(1))).now.totals.sessions).toBe(before + 1)
    await page.clock.fastForward(11_000)

    await expect.poll(() => valueOf('Sessions')).toBe(String(before + 1))
    await page.clock.resume()
  })

  it('is sound to axe, and tells the same in Spanish', async () => {
    const other = await stage.another({ locale: 'es-ES' })
    await other.getByRole('button', { name: /Visitantes/ }).waitFor()
    await other.getByRole('table', { name: 'De dónde vienen las sesiones' }).waitFor()
    await other.locator('.u-over').waitFor()
    expect(await other.getByRole('slider').getAttribute('aria-label')).toBe('Visitantes')
    await other.context().close()
    await page.goto(stage.server.url + CONSOLE_PATH)
    await page.locator('.u-over').waitFor()
    await page.getByRole('table', { name: 'Products' }).waitFor()
    await expectAccessible(page, 'home')
  })

  it('did all that without an error, and within its content policy', () => {
    expect(stage.watched.errors).toEqual([])
    expect(stage.watched.violations).toEqual([])
  })

  /** Once everything is counted. */
  async function eventually(read: () => Promise<FiguresAnswer>): Promise<FiguresAnswer> {
    const whole = `?from=${dateBefore(60)}`
    await expect
      .poll(async () => (await figures(whole)).now.totals.sessions, { timeout: 20_000 })
      .toBe(160)
    return read()
  }

  function lastDays(days: number): string {
    return `?from=${dateBefore(days - 1)}`
  }
})

/** The test server’s shop is in UTC. */
function dateBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}
