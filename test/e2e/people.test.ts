import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OwnSession, ShopMember } from '#protocol/account.ts'
import { codeAt } from '#server/account/totp.ts'
import { hasChromium } from '../support/chromium.ts'
import { bringIn, consoleClient, PASSWORD, tokenIn } from '../support/console-client.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

const ACCOUNT = '/console/account'
const MEMBERS = '/console/settings/members'
const NEXT_PASSWORD = 'Cinco tazas de tinto'
const MINUTE = 60_000
/** One pixel: whatever its size, a photo is kept as a square JPEG. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe.skipIf(!hasChromium)('people at the console', () => {
  let opened: OpenConsole
  let page: Page
  /** What the server's clock is ahead of ours by. */
  let aheadMs = 0

  beforeAll(async () => {
    opened = await openConsole({ path: ACCOUNT, server: { now: () => Date.now() + aheadMs } })
    page = opened.page
    page.setDefaultTimeout(8_000)
  })
  afterAll(() => opened.stop())

  const heading = (name: string, level = 1) =>
    page.getByRole('heading', { level, name, exact: true }).waitFor()
  const field = (label: string | RegExp) => page.getByLabel(label, { exact: true })
  /** Sections are called like some of their fields. */
  const typed = (label: string) => page.getByRole('textbox', { name: label, exact: true })
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const press = (name: string | RegExp) => button(name).click()
  const isSaid = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })
  const focusedName = () =>
    page.evaluate(() => document.activeElement?.getAttribute('name') ?? undefined)

  async function goTo(path: string, title: string): Promise<void> {
    await page.goto(opened.server.url + path)
    await heading(title)
  }

  it('change who they are', async () => {
    await heading('Your account')
    await field('Name').fill('Ana María')
    await field(/^Alias/).fill('Anita')
    const zone = page.getByRole('combobox', { name: 'Time zone' })
    await zone.fill('bogo')
    await page.getByRole('option', { name: /Bogota/ }).waitFor()
    await zone.press('Enter')
    await expect.poll(() => zone.inputValue()).toBe('Bogota (GMT-5)')
    for (const [typed, name] of [
      ['portu', 'Portuguese'],
      ['espa', 'Spanish'],
    ] as const) {
      await page.getByRole('combobox', { name: 'Add a language' }).fill(typed)
      await page.getByRole('option', { name }).first().click()
    }
    await press('Put first: Spanish')
    await expectAccessible(page, 'account')
    await press('Save profile')
    await isSaid('Profile saved')

    await field('Photo').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: PNG })
    await isSaid('Photo changed')
    const shown = page.locator('.own-photo img')
    expect(await shown.evaluate((image: HTMLImageElement) => image.decode())).toBeUndefined()
    const photo = await opened.client.ask('GET', '/account/photo')
    expect(photo.headers.get('content-type')).toBe('image/jpeg')
    await press('Remove')
    await isSaid('Photo removed')

    expect(await opened.client.account()).toMatchObject({
      name: 'Ana María',
      alias: 'Anita',
      languages: ['es', 'pt'],
      timeZone: 'America/Bogota',
      hasPhoto: false,
    })
  })

  it('see where they are signed in, and end it', async () => {
    const elsewhere = consoleClient(opened.server, opened.server.key)
    const { email } = await opened.client.account()
    await elsewhere.ask('POST', '/account/sign-in', { email, password: PASSWORD })
    await goTo(ACCOUNT, 'Your account')

    await page.getByText('This one').waitFor()
    await press('End the session of Firefox on Linux')
    await isSaid('Session ended')

    expect(await elsewhere.ask('GET', '/account')).toMatchObject({ status: 401 })
    const { items } = await opened.client.told<{ items: OwnSession[] }>('GET', '/account/sessions')
    expect(items).toHaveLength(1)
  })

  it('set up a second step, saying once more who they are', async () => {
    aheadMs = 20 * MINUTE
    await press('Set up')
    await heading('Is it you?', 2)
    await expect.poll(focusedName).toBe('password')
    await typed('Password').fill('not that one')
    await press('Go on')
    await isSaid('That is not your password.')
    await expect.poll(focusedName).toBe('password')
    await typed('Password').fill(PASSWORD)
    await press('Go on')

    await heading('Set up the second step', 2)
    const key = (await page.locator('.factor-key code').textContent())?.replaceAll(' ', '') ?? ''
    await expectAccessible(page, 'scan')
    await field(/^The six digits/).fill('12345')
    await press('Switch on')
    await isSaid('Write the six digits')
    await field(/^The six digits/).fill(codeAt(key, Math.floor((Date.now() + aheadMs) / 30_000)))
    await press('Switch on')

    await heading('Keep your recovery codes', 2)
    const codes = await page.locator('.recovery-codes code').allTextContents()
    expect(codes).toHaveLength(10)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download' }).click()
    expect((await download).suggestedFilename()).toBe('granplaza-recovery-codes.txt')
    await expectAccessible(page, 'codes')
    await press('I have kept them')
    await isSaid('10 recovery codes left')

    aheadMs = 40 * MINUTE
    await press('Switch off')
    await heading('Switch off the second step', 2)
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
    await heading('Is it you?', 2)
    await typed('Password').fill(PASSWORD)
    await press('Go on')
    await field('Code').fill(codes[0] ?? '')
    await press('Go on')
    await isSaid('The second step is off')
    expect(await opened.client.ask('GET', '/account')).toMatchObject({ status: 401 })
  })

  it('change their password with the keyboard alone', async () => {
    await field('Present password').focus()
    await page.keyboard.type('not that one')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type(NEXT_PASSWORD)
    await page.keyboard.press('Enter')
    await isSaid('That is not your password.')
    await expect.poll(focusedName).toBe('password')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await isSaid('Password changed')

    const signIn = { email: 'ana@shop.example', password: NEXT_PASSWORD }
    expect(await opened.owner.ask('POST', '/account/sign-in', signIn)).toMatchObject({
      status: 204,
    })
    await expect.poll(() => field('New password').inputValue()).toBe('')
  })

  it('invite somebody with the keyboard alone', async () => {
    await goTo(MEMBERS, 'Members')
    await button('Invite a member').focus()
    await page.keyboard.press('Enter')
    await heading('Invite a member', 2)
    await expect.poll(focusedName).toBe('email')
    await page.keyboard.type('ben@shop.example')
    await page.keyboard.press('Enter')
    await isSaid('Choose at least one role.')
    await expectAccessible(page, 'invite')
    for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('Tab')
    await expect.poll(() => focusedName()).toBe('operator')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')

    await heading('Invitation for ben@shop.example', 2)
    await isSaid('No mail was sent')
    const link = await field('Link').inputValue()
    await page.keyboard.press('Escape')
    await row('ben@shop.example').waitFor()
    const ben = consoleClient(opened.server, opened.server.key)
    const accepted = { token: tokenIn(link), name: 'Ben', password: PASSWORD }
    expect(await ben.ask('POST', '/account/accepted-links', accepted)).toMatchObject({
      status: 204,
    })
  })

  it('change roles, take it back, and remove', async () => {
    const who = { email: 'cem@shop.example', roles: ['admin', 'host'] } as const
    const cem = await bringIn(opened.server, opened.owner, who)
    const draft = { name: 'ERP', scopes: ['shop:read'] }
    const { key } = await cem.told<{ key: string }>('POST', '/keys', draft)
    const opens = async () => {
      const bearer = { authorization: `Bearer ${key}` }
      return (await consoleClient(opened.server).ask('GET', '/shop', undefined, bearer)).status
    }
    await opened.owner.told('POST', '/invitations', { email: 'eva@shop.example', roles: ['admin'] })
    await goTo(MEMBERS, 'Members')
    await row('Ben').getByText('Operator').waitFor()
    await expectAccessible(page, 'members')

    await press('What to do with Ben')
    await page.getByRole('menuitem', { name: 'Change roles' }).click()
    await field('admin').check()
    await press('Save roles')
    await row('Ben').getByText('Operator and admin').waitFor()
    await press('Undo')
    await isSaid('The roles are as before')
    await expect.poll(() => rolesOf('Ben')).toEqual(['operator'])

    await press('What to do with cem@shop.example')
    await page.getByRole('menuitem', { name: 'Change roles' }).click()
    await field('admin').uncheck()
    await isSaid('1 secret key that cem@shop.example made stops working')
    await expectAccessible(page, 'keys lost')
    await page.keyboard.press('Escape')
    await press('What to do with cem@shop.example')
    await page.getByRole('menuitem', { name: 'Remove from the shop' }).click()
    await isSaid('1 secret key that cem@shop.example made stops working')
    expect(await opens()).toBe(200)
    await press('Remove cem@shop.example')
    await isSaid('cem@shop.example is removed')
    await expect.poll(() => rolesOf('cem@shop.example')).toBeUndefined()
    expect(await opens()).toBe(401)

    await press('Revoke the invitation for eva@shop.example')
    await isSaid('Invitation for eva@shop.example revoked')
    await page.getByRole('heading', { name: 'Invitations' }).waitFor({ state: 'detached' })
  })

  it('can’t go as the last owner, and are told the way out', async () => {
    await press('What to do with Ana María')
    await page.getByRole('menuitem', { name: /The last owner can’t go/ }).click()
    await press(`Leave ${opened.server.shop.name}`)
    await isSaid('Make somebody else an owner first: Members')
    await page.keyboard.press('Escape')

    await press('What to do with Ana María')
    await page.getByRole('menuitem', { name: 'Change roles' }).click()
    await expect.poll(() => field('owner').isDisabled()).toBe(true)
    expect(opened.watched.errors).toEqual([])
    expect(opened.watched.violations).toEqual([])
  })

  async function rolesOf(name: string): Promise<readonly string[] | undefined> {
    const { items } = await opened.owner.told<{ items: ShopMember[] }>('GET', '/members')
    return items.find((member) => member.name === name)?.roles
  }
})
