import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../../scripts/setup/built.mjs'
import { ACCOUNT_LINK_PAGE_PATH, CONSOLE_PATH, LIVE_PAGE_PATH } from '#protocol/names.ts'
import type { NewInvitation, OwnShop, SecondFactorOffer } from '#protocol/account.ts'
import { codeAt } from '#server/account/totp.ts'
import { hasChromium, launchChromium, newShopper } from '../support/chromium.ts'
import { bringIn, consoleClient, PASSWORD, setUpOwner } from '../support/console-client.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { expectAccessible, PHONE } from './support/console.ts'
import { watch, type Watch } from './support/watch.ts'

const EMAIL = 'ana@shop.example'

describe.skipIf(!hasChromium)('an account at the console', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>
  let server: TestServer
  let context: BrowserContext
  let page: Page
  let watched: Watch

  beforeAll(async () => {
    await ensureBuilt()
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  /** How far the server's clock is before ours, ms. */
  let ahead = 0
  beforeEach(async () => {
    ahead = 0
    server = await startServer({ isBuilt: true, now: () => Date.now() + ahead })
    await newBrowser()
    return async () => {
      await context.close()
      await server.stop()
    }
  })

  async function newBrowser(locale = 'en-GB'): Promise<void> {
    context = await newShopper(browser, { locale, reducedMotion: 'reduce' })
    watched = await watch(context)
    page = await context.newPage()
  }

  const linkTo = (token: string | undefined) =>
    `${server.url}${ACCOUNT_LINK_PAGE_PATH}#${token ?? ''}`
  const setupLink = async () => linkTo(await server.members.links.createSetupLink(server.shop.id))
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
  const field = (label: string) => page.getByLabel(label, { exact: true })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const isLive = () => page.getByText('Live', { exact: true }).and(page.locator('output')).waitFor()
  const isHome = () => heading('Home')

  async function signOut(): Promise<void> {
    await page.getByRole('button', { name: /^Account:/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
  }

  async function signIn(password = PASSWORD, email = EMAIL): Promise<void> {
    await heading('Sign in')
    await field('E-mail').fill(email)
    await field('Password').fill(password)
    await press('Sign in')
  }

  /** Sound to axe, and for thumbs on a phone. */
  async function looksRight(state: string): Promise<void> {
    await expectAccessible(page, state)
    const wide = page.viewportSize()
    await page.setViewportSize(PHONE)
    expect(await smallTargets(page)).toEqual([])
    await page.setViewportSize(wide ?? { width: 1280, height: 720 })
  }

  it('begins with the set-up link, and comes back by signing in', async () => {
    const link = await setupLink()
    await page.goto(link)
    await heading(`Set up ${server.shop.name}`)
    expect(page.url()).toBe(`${server.url}${ACCOUNT_LINK_PAGE_PATH}`)
    await looksRight('setup')

    await field('Your name').fill('Ana')
    await field('E-mail').fill(EMAIL)
    await field('New password').fill('short')
    await press('Make the account')
    await page.getByText('Too short').waitFor()
    await expect.poll(() => focused(page)).toBe('password')
    await looksRight('setup-fault')
    await field('New password').fill('password123')
    await press('Make the account')
    await page.getByText('one of the first to be guessed').waitFor()
    await press('Show password')
    await field('New password').fill(PASSWORD)
    expect(await field('New password').getAttribute('type')).toBe('text')
    await press('Hide password')
    expect(await field('New password').inputValue()).toBe(PASSWORD)
    await press('Make the account')

    await page.getByRole('heading', { name: 'What is your shop called?' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`${CONSOLE_PATH}/first-run`)
    await page.getByRole('link', { name: 'Live', exact: true }).click()
    await isLive()
    const visit = await (await newShopper(browser)).newPage()
    await visit.goto(`${server.url}/demo/`)
    await page.getByRole('link', { name: 'Events', exact: true }).last().click()
    await page.locator('.row').filter({ hasText: 'Page viewed' }).first().waitFor()
    await visit.context().close()
    await looksRight('live')

    await signOut()
    await heading('Sign in')
    expect(page.url()).toBe(`${server.url}${CONSOLE_PATH}`)
    await looksRight('sign-in')
    await signIn('Not that password')
    await page.getByText('E-mail or password is wrong').waitFor()
    await expect.poll(() => focused(page)).toBe('password')
    await looksRight('sign-in-fault')
    await signIn()
    await isHome()

    await page.goto(link)
    await heading('This link has been used, or has expired')
    expect(await page.getByRole('alert').textContent()).toContain('sign in')
    await looksRight('spent')
    expect(watched.errors).toEqual([])
    expect(watched.violations).toEqual([])
  })

  it('asks for the second step, and takes a code of it', async () => {
    const owner = await setUpOwner(server)
    const { secret } = await owner.told<SecondFactorOffer>('POST', '/account/second-factor', {})
    const confirmed = await owner.told<{ codes: string[] }>(
      'POST',
      '/account/second-factor/confirmation',
      { code: codeAt(secret, Math.floor(Date.now() / 30_000)) },
    )
    await page.goto(server.url + CONSOLE_PATH)

    await signIn()
    await heading('Second step')
    await expect.poll(() => focused(page)).toBe('code')
    expect(await field('Code').getAttribute('autocomplete')).toBe('one-time-code')
    await looksRight('code')
    await field('Code').fill('000000')
    await press('Sign in')
    await page.getByText('This code is wrong').waitFor()
    await expect.poll(() => focused(page)).toBe('code')
    await field('Code').fill(confirmed.codes[0] ?? '')
    await press('Sign in')

    await isHome()
  })

  it('says the same to who forgot a password, whether or not they have an account', async () => {
    await setUpOwner(server)
    await page.goto(server.url + CONSOLE_PATH)
    for (const email of [EMAIL, 'nobody@shop.example']) {
      await press('Forgotten your password?')
      await field('E-mail').fill(email)
      await press('Send a link')
      await heading('Look into your mail')
      await page.getByText(`If ${email} has an account`).waitFor()
      expect(await page.locator('.fault:not(:empty)').count()).toBe(0)
      if (email === EMAIL) await looksRight('forgotten')
      await press('Back to sign-in')
    }
  })

  it('takes an invitation by a new account, and by one that must sign in first', async () => {
    const owner = await setUpOwner(server)
    const { link } = await invite('ben@shop.example')
    await page.goto(link)
    await heading(`Join ${server.shop.name}`)
    await page.getByText('Your role: operator.').waitFor()
    await page.reload()
    await field('Your name').fill('Ben')
    await field('New password').fill(PASSWORD)
    await looksRight('invitation')
    await press('Join')
    await isHome()

    const other = await owner.told<OwnShop>('POST', '/shops', { name: 'Second Shop' })
    owner.shopKey = other.key
    const second = await invite('ben@shop.example')
    await signOut()
    await heading('Sign in')
    await page.goto(second.link)
    await heading('Sign in')
    expect(await field('E-mail').inputValue()).toBe('ben@shop.example')
    await field('Password').fill(PASSWORD)
    await press('Sign in')

    await heading('Choose a shop')
    await looksRight('shops')
    await page.getByRole('link', { name: /Second Shop/ }).click()
    await page.getByRole('button', { name: 'Shop: Second Shop. Switch shop' }).waitFor()
    await isHome()

    function invite(email: string) {
      return owner.told<NewInvitation>('POST', '/invitations', { email, roles: ['operator'] })
    }
  })

  it('is walked with the keyboard alone, in the reader’s language', async () => {
    await setUpOwner(server)
    await context.close()
    await newBrowser('es-AR')
    // Whatever an address that somebody was sent asks for, it is no way out of the console.
    await page.goto(`${server.url}${CONSOLE_PATH}?next=//evil.example&shop=javascript:alert(1)`)
    await heading('Iniciar sesión')
    await page.keyboard.press('Tab')
    await page.keyboard.type(EMAIL)
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')

    await heading('Inicio')
    expect(new URL(page.url()).origin).toBe(server.url)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
  })

  it('asks for the password before a shop is deleted, shows its end, and says so at other tabs', async () => {
    const owner = await setUpOwner(server)
    await owner.told('POST', '/shops', { name: 'Second Shop' })
    await page.goto(`${server.url}${CONSOLE_PATH}?shop=${server.key}`)
    await signIn()
    await isHome()
    const tab = await context.newPage()
    await tab.goto(`${server.url}${CONSOLE_PATH}?shop=${server.key}`)
    await tab.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
    await page.getByRole('link', { name: 'Export and deletion' }).click()
    ahead += 16 * 60_000
    // The page asks its own clock whether a download would be refused.
    await page.clock.setFixedTime(Date.now() + ahead)

    const downloading = page.waitForEvent('download')
    await press('Download the export')
    await sayWhoIAm()
    expect((await downloading).suggestedFilename()).toMatch(/\.ndjson$/)
    ahead += 16 * 60_000
    await press('Delete this shop')
    await field(`Write “${server.shop.name}” to confirm`).fill(server.shop.name)
    await press('Delete for ever')
    await sayWhoIAm()
    await heading(`Erasing ${server.shop.name}`)
    await page.getByText('Erasing begins within seconds').waitFor()
    await looksRight('deletion')
    ahead += 11_000
    await heading(`${server.shop.name} is erased`)
    await page.reload()
    await heading(`${server.shop.name} is erased`)

    await tab.getByRole('link', { name: 'Origins' }).click()
    const gone = { level: 1, name: `${server.shop.name} is not here any more` } as const
    await tab.getByRole('heading', gone).waitFor()
    await tab.getByRole('link', { name: /Second Shop/ }).click()
    await tab.getByRole('button', { name: 'Shop: Second Shop. Switch shop' }).waitFor()
    await page.getByRole('link', { name: 'Go to your shops' }).click()
    await isHome()
    expect(watched.errors.filter((text) => !text.includes('404'))).toEqual([])

    async function sayWhoIAm(): Promise<void> {
      await page
        .getByRole('dialog', { name: 'Is it you?' })
        .getByLabel('Password')
        .first()
        .fill(PASSWORD)
      await press('Go on')
    }
  })

  it('shows nothing of one member to the next, at any tab of the browser', async () => {
    const owner = await setUpOwner(server)
    const { cookie = '' } = await bringIn(server, owner, {
      email: 'ben@shop.example',
      roles: ['operator'],
    })
    await page.goto(server.url + CONSOLE_PATH)
    await signIn()
    await isHome()
    await page.getByRole('button', { name: 'Account: Ana' }).waitFor()
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url: server.url, sameSite: 'Strict', httpOnly: true }])
    const tab = await context.newPage()
    await tab.goto(server.url + CONSOLE_PATH)
    await tab.getByRole('button', { name: 'Account: ben@shop.example' }).waitFor()

    await page.getByRole('button', { name: 'Account: ben@shop.example' }).waitFor()
    expect(await page.getByText('Ana').count()).toBe(0)
  })

  it('ends all other sessions, makes new recovery codes, and goes with the last shop', async () => {
    const owner = await setUpOwner(server)
    const who = { email: 'ben@shop.example', roles: ['operator'] } as const
    const elsewhere = await bringIn(server, owner, who)
    await owner.told('POST', '/invitations', { email: 'eva@shop.example', roles: ['host'] })
    const { secret } = await elsewhere.told<SecondFactorOffer>('POST', '/account/second-factor', {})
    const codeNow = () => codeAt(secret, Math.floor((Date.now() + ahead) / 30_000))
    const { codes } = await elsewhere.told<{ codes: string[] }>(
      'POST',
      '/account/second-factor/confirmation',
      { code: codeNow() },
    )
    await page.goto(`${server.url}/console/account`)
    await signIn(PASSWORD, who.email)
    await heading('Second step')
    await field('Code').fill(codes[0] ?? '')
    await press('Sign in')
    await heading('Your account')

    await press('End all others')
    await page.getByText('All other sessions ended').waitFor()
    expect(await elsewhere.ask('GET', '/account')).toMatchObject({ status: 401 })
    await press('Make new codes')
    await page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click()
    await page.getByText('Keep your recovery codes').waitFor()
    await press('I have kept them')
    await page.getByText('10 recovery codes left').waitFor()
    await press(`Leave ${server.shop.name}`)
    await page.getByText('It is your only shop').waitFor()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Leave/ })
      .click()
    await heading('Sign in')
    expect(await owner.told('GET', '/members')).toMatchObject({ items: [{ name: 'Ana' }] })

    await signIn()
    await isHome()
    await page.goto(`${server.url}/console/settings/members`)
    await press('Send again the invitation for eva@shop.example')
    await page
      .getByText(/eva@shop\.example/)
      .first()
      .waitFor()
    await expect
      .poll(() => owner.told<{ items: { id: string }[] }>('GET', '/invitations'))
      .toMatchObject({ items: [{ email: 'eva@shop.example' }] })
  })

  it('asks to sign in again once the session was ended elsewhere', async () => {
    const owner = await setUpOwner(server)
    await page.goto(server.url + LIVE_PAGE_PATH)
    await signIn()
    await isLive()
    const elsewhere = consoleClient(server, server.key, owner.cookie)
    await elsewhere.told('DELETE', '/account/sessions', {})

    await page.reload()

    await heading('Sign in')
    expect(await page.locator('.row').count()).toBe(0)
  })
})

function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.id)
}

/** Controls in front of the console that a thumb could miss. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.entry :is(button, input, a), .header :is(button, a)')]
      .filter((control) => control.getBoundingClientRect().height < 44)
      .map((control) => control.textContent + control.id),
  )
}
