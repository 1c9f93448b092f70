import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Experience } from '#protocol/experiences.ts'
import type { ListedOrigin, ShopSettings } from '#protocol/shop.ts'
import { hasChromium } from '../support/chromium.ts'
import { BROWSER } from '../support/ingestion.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

const PATH = '/console/first-run'

/** In the order of a new shop's first hour: each goes on where the one before has left the shop. */
describe.skipIf(!hasChromium)('the first run', () => {
  let opened: OpenConsole
  let page: Page
  beforeAll(async () => {
    opened = await openConsole({ path: PATH, locale: 'es-CO' })
    page = opened.page
  })
  afterAll(() => opened.stop())

  const heading = (name: string) => page.getByRole('heading', { level: 2, name }).waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const doneSteps = () => page.locator('.step-list [data-done]').allInnerTexts()
  const read = <T>(path: string) => opened.owner.told<T>('GET', path)

  it('begins with the name, in the money and zone of whoever opens it', async () => {
    await heading('¿Cómo se llama tu tienda?')
    await press('Guardar y continuar')
    await page.getByText('Escribe cómo se llama la tienda.').waitFor()
    await page.getByLabel('Nombre de la tienda').fill('Casa de Té')
    await page.keyboard.press('Enter')
    await heading('¿Dónde está tu tienda?')

    expect(await read<ShopSettings>('/shop')).toMatchObject({ name: 'Casa de Té', currency: 'COP' })
    await expect.poll(() => doneSteps()).toEqual([expect.stringContaining('Tu tienda')])
  })

  it('lists the address as somebody pastes it, with and without www', async () => {
    await page.getByLabel('Dirección de la tienda').fill('casadete.example/teteras')
    await page.getByLabel('También https://www.casadete.example').waitFor()
    await press('Guardar y continuar')
    await heading('Pon el fragmento en tus páginas')
    const { items } = await read<{ items: ListedOrigin[] }>('/origins')

    expect(items.map(({ origin }) => origin).toSorted()).toEqual([
      'https://casadete.example',
      'https://www.casadete.example',
    ])
  })

  it('gives each platform its snippet, with this shop’s key', async () => {
    const code = page.locator('.snippet code')
    await page.getByLabel('Shopify').check()
    await page.getByText('layout/theme.liquid').waitFor()
    await expect
      .poll(() => code.innerText())
      .toBe(
        `<script async src="${opened.server.url}/gp.js" data-shop="${opened.server.key}"></script>`,
      )
    await page.getByLabel('Google Tag Manager').check()

    await expect
      .poll(() => code.innerText())
      .toContain(`tag.setAttribute('data-shop', '${opened.server.key}')`)
  })

  it('sees the first event of the shop arrive', async () => {
    await page.getByText('Esperando el primer evento').waitFor()
    await expectAccessible(page, 'snippet')
    await sendPageView(opened, 'https://casadete.example/teteras')
    await page.getByText('Primer evento recibido').waitFor()
    await page.getByText('https://casadete.example/teteras').waitFor()

    await expect.poll(() => doneSteps()).toHaveLength(3)
  })

  it('shows a design as visitors get it, and publishes it', async () => {
    await press('Continuar')
    await heading('Saluda a tus visitantes')
    await page.getByLabel('Boletín con cupón').check()
    await page.getByLabel('Qué dice').fill('Un té de regalo')
    await page.locator('.popup-stage').getByText('Un té de regalo').waitFor()
    await expectAccessible(page, 'experience')
    await page.getByLabel('Código del cupón').fill('TE')
    await press('Publicar')
    await heading('Tu tienda está lista')
    const { items } = await read<{ items: Experience[] }>('/experiences')

    expect(
      items.filter(({ key, state }) => key === 'newsletter' && state === 'active'),
    ).toHaveLength(1)
  })

  it('opens again where something is left to do', async () => {
    await page.goto(opened.server.url + PATH)
    await heading('Tu tienda está lista')
    for (const { id } of (await read<{ items: ListedOrigin[] }>('/origins')).items) {
      await opened.owner.told('DELETE', `/origins/${id}`)
    }
    await page.goto(opened.server.url + PATH)
    await heading('¿Dónde está tu tienda?')

    await press('Saltar por ahora')
    await heading('Pon el fragmento en tus páginas')
    await expect.poll(() => doneSteps()).toHaveLength(3)
  })

  it('makes a further shop, and goes on there', async () => {
    await page.goto(`${opened.server.url}${PATH}?new`)
    await page.getByLabel('Nombre de la tienda').fill('Segunda')
    await press('Crear tienda')
    await heading('¿Dónde está tu tienda?')

    expect((await opened.owner.account()).shops.map(({ name }) => name)).toContain('Segunda')
    await expect.poll(() => doneSteps()).toEqual([expect.stringContaining('Tu tienda')])
  })

  it('leaves every change in the audit log, which is read by keyboard', async () => {
    await page.goto(`${opened.server.url}/console/settings/audit-log?shop=${opened.server.key}`)
    const entry = page.locator('.audit-entry', { hasText: 'Cambió los ajustes de la tienda' })
    await entry.locator('summary').focus()
    await page.keyboard.press('Enter')
    await entry.getByText('Casa de Té').waitFor()
    await page.getByText('Nadie ha comprobado aún').waitFor()
    await press('Comprobar ahora')
    await page.getByText('El registro estaba íntegro').waitFor()
    await expectAccessible(page, 'audit log')
    await page.getByLabel('Qué', { exact: true }).selectOption('origin')
    await page.getByText('Quitó un origen').first().waitFor()

    expect(new URL(page.url()).searchParams.get('kind')).toBe('origin')
    await expect.poll(() => page.locator('.audit-entry').count()).toBe(4)
  })

  it('gives the whole shop as a file', async () => {
    await page.goto(`${opened.server.url}/console/settings/data`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press('Descargar la exportación'),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n')

    expect(download.suggestedFilename()).toMatch(/^granplaza-[\d-]+\.ndjson$/)
    expect(lines.at(-1)).toContain('{"end"')
    expect(lines.some((line) => line.includes('Casa de Té'))).toBe(true)
  })

  it('deletes the shop against its name, and begins anew with the other one', async () => {
    await press('Eliminar esta tienda')
    const dialog = page.getByRole('dialog')
    const confirm = () => dialog.getByRole('button', { name: 'Eliminar para siempre' }).click()
    await dialog.getByRole('textbox').fill('casa')
    await confirm()
    await dialog.getByText('Este no es el nombre de la tienda.').waitFor()
    await expectAccessible(page, 'deletion')
    await dialog.getByRole('textbox').fill('Casa de Té')
    await confirm()
    await page.getByRole('heading', { level: 1, name: /Casa de Té/ }).waitFor()
    await page.getByRole('link', { name: 'Ir a tus tiendas' }).click()
    await page.getByRole('heading', { level: 1 }).and(page.getByText('Inicio')).waitFor()

    expect((await opened.owner.account()).shops.map(({ name }) => name)).toEqual(['Segunda'])
  })

  it('has broken nothing on the way', () => {
    expect(opened.watched).toEqual({ errors: [], complaints: [], violations: [] })
  })
})

async function sendPageView({ server }: OpenConsole, url: string): Promise<void> {
  const reply = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: new URL(url).origin, 'user-agent': BROWSER },
    body: JSON.stringify({
      key: server.key,
      sentAt: Date.now(),
      visitor: null,
      session: null,
      consent: null,
      context: {},
      events: [
        {
          id: crypto.randomUUID(),
          type: 'page',
          at: Date.now(),
          ageMs: 0,
          seq: 1,
          page: { url, referrer: '', title: 'Teteras' },
        },
      ],
    }),
  })
  expect(await reply.text()).toContain('"ok"')
}
