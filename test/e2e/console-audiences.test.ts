import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Audience } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { did, newTestVisitor, openShop, type TestVisitor } from '../support/audience-server.ts'
import { hasChromium } from '../support/chromium.ts'
import { eventOf } from '../support/ingestion.ts'
import { expectAccessible, openConsole, PHONE, type OpenConsole } from './support/console.ts'

const DAY_MS = 86_400_000

describe.skipIf(!hasChromium)('audiences in the console', () => {
  let stage: OpenConsole
  let page: Page
  let dataDir: string
  const people = Array.from({ length: 3 }, () => newTestVisitor(Date.now()))

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
    stage = await openConsole({ server: { dataDir } })
    page = stage.page
    page.setDefaultTimeout(8_000)
    const shop = await openShop(stage.server, stage.server.shop.id)
    const send = (who: TestVisitor | undefined, name: string) =>
      who && shop.send(who, [eventOf({ name, at: Date.now(), properties: { colour: 'red' } })])
    await send(people[0], 'Gift Wrapped')
    await send(people[0], 'Gift Wrapped')
    await send(people[1], 'Gift Wrapped')
    await send(people[2], 'Size Chosen')
    const [, , third] = people
    if (third !== undefined) await shop.send(third, [ana()])
    return async () => {
      await stage.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  const heading = (name: string) =>
    page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  const open = (path: string) => page.goto(stage.server.url + path)
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
  const made = async () =>
    (await stage.owner.told<{ items: readonly Audience[] }>('GET', '/audiences')).items

  /** Goes on by Tab until it is there. */
  async function tabTo(name: string | RegExp): Promise<void> {
    for (let step = 0; step < 60; step += 1) {
      const at = await focused()
      if (typeof name === 'string' ? at === name : name.test(at)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${name}, but to ${await focused()}`)
  }

  async function tabToField(label: string): Promise<void> {
    const field = page.getByLabel(label, { exact: true }).first()
    for (let step = 0; step < 60; step += 1) {
      if (await field.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to the field ${label}`)
  }

  /** Of the open menu, by the arrow keys. */
  async function choose(item: string): Promise<void> {
    const highlighted = page.locator('.menu-item[data-highlighted]')
    await highlighted.waitFor()
    await expect
      .poll(async () => {
        const at = await highlighted.textContent()
        if (at !== item) await page.keyboard.press('ArrowDown')
        return at
      })
      .toBe(item)
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor({ state: 'detached' })
  }

  it('are built by keyboard alone, with how many match as one goes', async () => {
    await open('/console/audiences')
    await heading('Audiences')
    await says('No audience yet')
    await tabTo('New audience')
    await page.keyboard.press('Enter')
    await heading('New audience')
    await says('3 of 3 match now')

    await tabTo('Add condition')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Add condition' }).waitFor()
    await page.keyboard.type('did some')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('Name')
    await says('Complete the conditions')
    await page.keyboard.type('Gift Wrapped')
    await says('2 of 3 match now')
    await tabToField('Number')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('2')
    await says('1 of 3 matches now')

    await tabTo(/^More: who did/)
    await page.keyboard.press('Enter')
    await choose('Turn round: except those')
    await says('2 of 3 match now')
    await tabTo('Add group')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('How the conditions count')
    await tabTo('Add condition')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Add condition' }).waitFor()
    await page.keyboard.type('number of vis')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('Comparison')
    await tabTo(/^More: who came for/)
    await page.keyboard.press('Enter')
    await choose('Move up')
    await expect.poll(() => page.locator('.target-group .target-row').count()).toBe(0)

    await tabTo('Create audience')
    await page.keyboard.press('Enter')
    await says('Give it a name')
    await page.getByLabel('Name', { exact: true }).first().focus()
    await page.keyboard.type('Not yet gifted')
    await page.keyboard.press('Enter')
    await heading('Not yet gifted')
    const audience = (await made()).find(({ name }) => name === 'Not yet gifted')
    expect(audience?.condition).toEqual({
      kind: 'all',
      of: [
        { kind: 'not', of: did('Gift Wrapped', 2) },
        { kind: 'visits', count: { op: 'atLeast', value: 3 } },
        { kind: 'any', of: [] },
      ],
    })
  })

  it('say at the part what is missing, and what the server refuses', async () => {
    await stage.owner.told('POST', '/audiences', { name: 'Taken', condition: did('Anything') })
    await open('/console/audience')
    await page.getByLabel('Name', { exact: true }).first().fill('Broken')
    await add('Country')
    await button('Create audience').click()
    await says('Fill in what is missing here.')
    await expectAccessible(page, 'a fault at its part')
    await page.getByLabel('Value', { exact: true }).selectOption('ES')
    await expect.poll(() => page.getByText('Fill in what is missing').count()).toBe(0)
    await page.getByLabel('Comparison', { exact: true }).selectOption('regex')
    await page.getByLabel('Pattern', { exact: true }).fill('(')
    await says('This is no expression')
    await page.getByLabel('Comparison', { exact: true }).selectOption('glob')
    await page.getByLabel('Name', { exact: true }).first().fill('Taken')
    await button('Create audience').click()
    await says('There is an audience of that name already.')
    expect((await made()).map(({ name }) => name)).not.toContain('Broken')
  })

  it('explain themselves for somebody, part by part', async () => {
    const condition: Condition = { kind: 'all', of: [did('Gift Wrapped', 2), isAna()] }
    const { id } = await stage.owner.told<Audience>('POST', '/audiences', {
      name: 'Gifted',
      condition,
    })
    await open(`/console/audience?id=${id}`)
    await heading('Gifted')
    await says('who did')
    await button('Check with somebody').click()
    await expectAccessible(page, 'whom to check with')
    await page.getByRole('dialog').getByRole('searchbox').fill('Ana')
    await page.getByRole('button', { name: /Ana Pérez/ }).click()
    await says('does not match')
    await says('Seen: 0')
    await says('Seen: “Ana”')
    await expectAccessible(page, 'explained')
    await button('Somebody else').click()
    const visitor = people[0]?.visitor.id.slice(0, 6) ?? ''
    await page.getByRole('button', { name: new RegExp(`Visitor ${visitor}`) }).click()
    await expect.poll(() => page.getByText('Seen: 2', { exact: true }).count()).toBe(1)
  })

  it('keep what was written through the API and has no sentence', async () => {
    const inner: Condition = { kind: 'not', of: { kind: 'not', of: did('Gift Wrapped') } }
    const { id } = await stage.owner.told<Audience>('POST', '/audiences', {
      name: 'By hand',
      condition: { kind: 'any', of: [inner] },
      isTold: true,
    })
    await open(`/console/audience?id=${id}`)
    await says('can’t be shown as a sentence')
    await add('returning')
    await button('Save').click()
    await says('Members are worked out anew')
    const saved = (await made()).find((it) => it.id === id)
    expect(saved?.condition).toEqual({
      kind: 'any',
      of: [inner, { kind: 'visitor', is: 'returning' }],
    })
    expect(saved?.isTold).toBe(true)
    await button('Undo').click()
    await says('As it was before')
    expect((await made()).find((it) => it.id === id)?.condition).toEqual({
      kind: 'any',
      of: [inner],
    })
    await page.getByRole('checkbox', { name: 'Tell webhooks who enters and leaves' }).uncheck()
    await button('Save').click()
    await expect.poll(async () => (await made()).find((it) => it.id === id)?.isTold).toBe(false)
  })

  it('show members, growth and what uses them, and come back from the archive as they were', async () => {
    const { id } = await stage.owner.told<Audience>('POST', '/audiences', {
      name: 'Wrappers',
      condition: did('Gift Wrapped'),
    })
    await stage.owner.told<Audience>('POST', '/audiences', {
      name: 'Wrappers from Spain',
      condition: { kind: 'audience', audienceId: id },
    })
    await grow(Number(id), [1, 5, 3, 2])
    await open(`/console/audience?id=${id}`)
    await heading('Wrappers')
    await page.locator('.audience-size').getByText('2').waitFor()
    await says('1 more: from 1 to 2')
    await expect.poll(() => page.getByRole('row').count()).toBe(3)
    await says('Wrappers from Spain')
    await expectAccessible(page, 'an audience')

    await open('/console/audiences')
    await says('Visitors who did “Gift Wrapped” at least 1 time')
    await expectAccessible(page, 'audiences')
    await button('Actions for Wrappers').click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await says('“Wrappers” is still used')
    await page.keyboard.press('Escape')
    await button('Actions for Wrappers from Spain').click()
    const before = await made()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await button('Undo').click()
    await says('is back')
    await expect
      .poll(async () => (await made()).map((it) => it.id))
      .toEqual(before.map((it) => it.id))
    await button('Actions for Wrappers from Spain').click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await page.getByRole('link', { name: 'Archived', exact: true }).click()
    await page.getByRole('row').filter({ hasText: 'Wrappers from Spain' }).waitFor()
    await expectAccessible(page, 'archived audiences')
    await button('Actions for Wrappers from Spain').click()
    await page.getByRole('menuitem', { name: 'Restore' }).click()
    await says('Nothing is archived')
    await page.getByRole('link', { name: 'In use', exact: true }).click()
    await button('Actions for Wrappers').click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await heading('Wrappers (2)')
  })

  it('take lists from CSV files: columns first, then progress and faults by line', async () => {
    await open('/console/lists')
    await heading('Contact lists')
    await button('New list').click()
    await page.getByLabel('Name', { exact: true }).fill('Fair')
    await page.keyboard.press('Enter')
    await heading('Fair')
    await button('Import a CSV file').click()
    const csv = 'Correo;Name\nana@shop.example;Ana\nno address;Luis\neva@shop.example;Eva\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await says('no address')
    await page.getByLabel('E-mail address').selectOption('Correo')
    await button(/^Import about/).click()
    await says('2 addresses added')
    await says('That is no e-mail address')
    await expect.poll(() => page.getByText('eva@shop.example').count()).toBe(1)
    await page.setViewportSize(PHONE)
    await expectAccessible(page, 'a list')
    await button('Remove eva@shop.example').click()
    await says('eva@shop.example removed')
    await button('Undo').click()
    await says('eva@shop.example is back')
  })

  it('did all that without an error, and within its content policy', () => {
    expect(stage.watched.errors).toEqual([])
    expect(stage.watched.violations).toEqual([])
  })

  async function add(kind: string): Promise<void> {
    await button('Add condition').first().click()
    await page.getByRole('combobox', { name: 'Add condition' }).fill(kind)
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Add condition' }).waitFor({ state: 'detached' })
  }

  /** As if it had been so large on the last days. */
  async function grow(audienceId: number, members: readonly number[]): Promise<void> {
    const db = await openDatabase({ file: join(dataDir, 'granplaza.db'), role: 'command' })
    const today = Math.floor(Date.now() / DAY_MS)
    await db.sql.insert(db.t.audienceSizes).values(
      members.map((count, at) => ({
        shopId: stage.server.shop.id,
        audienceId,
        day: today - members.length + at,
        members: count,
      })),
    )
    await db.close()
  }
})

function isAna(): Condition {
  return { kind: 'customer', field: 'firstName', test: { op: 'equals', value: 'Ana' } }
}

function ana() {
  const traits = { firstName: 'Ana', lastName: 'Pérez', email: 'ana@shop.example' }
  return eventOf({ type: 'identify', userId: 'ana-1', traits, at: Date.now() })
}
