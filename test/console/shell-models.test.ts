import { describe, expect, it, vi } from 'vitest'
import { PERMISSIONS, type OwnAccount, type OwnShop, type Role } from '#protocol/account.ts'
import type { Refused, Reply } from '#console/api.ts'
import { createAgainModel } from '#console/shell/again-model.ts'
import { createAppModel } from '#console/shell/app-model.ts'
import { remarksOn } from '#console/dashboard/remarks.ts'
import { createPageLoader } from '#console/shell/page-loader.ts'
import { rolesFor } from '#console/shell/roles-for.ts'
import { createShopChoice } from '#console/shell/shop-choice.ts'
import { createThemeChoice } from '#console/shell/theme.ts'
import { createToastList } from '#console/ui/toast-list.ts'
import { accessOf } from '#server/account/permissions.ts'

const SIGNED_OUT = refused('sign_in')
const OFFLINE = refused('offline')

function refused(refusal: Refused['refusal']): Refused {
  return { refusal, detail: '', waitSeconds: 0 }
}

function memoryOf(kept: Record<string, string> = {}) {
  const map = new Map(Object.entries(kept))
  return {
    map,
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, value: string) => void map.set(name, value),
    removeItem: (name: string) => void map.delete(name),
  }
}

function shop(key: string, roles: Role[] = ['owner']): OwnShop {
  const permissions = Object.fromEntries(
    PERMISSIONS.map((permission) => [permission, accessOf(roles, permission)]),
  )
  return { key, name: `Shop ${key}`, currency: 'EUR', timeZone: 'UTC', roles, permissions }
}

function account(...shops: OwnShop[]): OwnAccount {
  return {
    id: '1',
    email: 'ana@shop.example',
    name: 'Ana',
    alias: null,
    languages: [],
    timeZone: null,
    preferences: {},
    hasPhoto: false,
    hasSecondFactor: false,
    recoveryCodesLeft: 0,
    signedInAt: 0,
    shops,
  }
}

function createTestApp(replies: Reply<OwnAccount>[], tab = memoryOf(), browser = memoryOf()) {
  const named: string[] = []
  const later: (() => void)[] = []
  const alive: boolean[] = []
  let back = 0
  let reloads = 0
  const clock = { now: 0 }
  const choice = createShopChoice({ named: null, tab, browser })
  const model = createAppModel({
    choice,
    readAccount: () => Promise.resolve(replies.shift() ?? SIGNED_OUT),
    nameShop: (key) => void named.push(key),
    isAlive: () => Promise.resolve(alive.shift() ?? true),
    onBack: () => void (back += 1),
    after: (_, act) => void later.push(act),
    onOtherMember: () => void (reloads += 1),
    now: () => clock.now,
  })
  return { model, named, later, alive, clock, back: () => back, reloads: () => reloads }
}

describe('the app', () => {
  it('opens the only shop, and names it before anything is asked of it', async () => {
    const { model, named } = createTestApp([{ value: account(shop('a')) }])

    await model.open()

    expect(model.phase.value).toBe('open')
    expect(named).toEqual(['a'])
  })

  it('says so once the shop that is looked at is gone, and opens no other in its place', async () => {
    const [a, b] = [shop('a'), shop('b')]
    const answers = [{ value: account(a, b) }, { value: account(b) }, { value: account(b) }]
    const { model, clock } = createTestApp(answers, memoryOf({ 'gp.console.shop': 'a' }))
    await model.open()

    clock.now = 10_000
    model.missed()
    // What else is missed at the same time asks nothing more.
    model.missed()
    await vi.waitFor(() => expect(model.phase.value).toBe('choosing'))

    expect(model.goneShop.value).toBe('Shop a')
    expect(model.account.value?.shops.map(({ key }) => key)).toEqual(['b'])
    expect(answers).toHaveLength(1)
  })

  it('stays where it is when something else than its shop is missing', async () => {
    const found = { value: account(shop('a')) }
    const { model } = createTestApp([found, found])
    await model.open()

    model.missed()
    await Promise.resolve()

    expect(model.phase.value).toBe('open')
  })

  it('begins anew when somebody else is signed in by now', async () => {
    const other = { ...account(shop('b')), id: '2' }
    const { model, reloads } = createTestApp([{ value: account(shop('a')) }, { value: other }])
    await model.open()

    await model.renewAccount()

    expect(reloads()).toBe(1)
    expect(model.account.value?.id).toBe('1')
  })

  it.each([
    { what: 'the tab’s own', tab: 'b', browser: 'a', opened: 'b' },
    { what: 'the last one of any tab', tab: undefined, browser: 'a', opened: 'a' },
  ])('opens $what of several shops', async ({ tab, browser, opened }) => {
    const kept = (key: string | undefined) =>
      memoryOf(key === undefined ? {} : { 'gp.console.shop': key })
    const shops = account(shop('a'), shop('b'))
    const { model } = createTestApp([{ value: shops }], kept(tab), kept(browser))

    await model.open()

    expect(model.session.value?.shop.key).toBe(opened)
  })

  it('lets choose where no shop was looked at before, or it is the member’s no more', async () => {
    const gone = memoryOf({ 'gp.console.shop': 'gone' })
    const { model, named } = createTestApp([{ value: account(shop('a'), shop('b')) }], gone)

    await model.open()
    expect(model.phase.value).toBe('choosing')
    model.switchShop('b')

    expect(model.phase.value).toBe('open')
    expect(named).toEqual(['b'])
  })

  it('remembers a switch for this tab, and for the next one', async () => {
    const [tab, browser] = [memoryOf(), memoryOf()]
    const { model } = createTestApp([{ value: account(shop('a'), shop('b')) }], tab, browser)
    await model.open()

    model.switchShop('b')

    expect([...tab.map.values(), ...browser.map.values()]).toEqual(['b', 'b'])
  })

  it('asks to sign in once a session has ended, and drops what waits for a password', async () => {
    const { model } = createTestApp([{ value: account(shop('a')) }])
    await model.open()

    const again = model.signInAgain()
    model.signedOut()

    expect(await again).toBe(false)
    expect(model.phase.value).toBe('signed_out')
    expect(model.session.value).toBeUndefined()
  })

  it('keeps what it shows while the server is away, asks again by itself, and says when it is back', async () => {
    const { model, later, alive, back } = createTestApp([{ value: account(shop('a')) }])
    await model.open()
    alive.push(false, true)

    model.lost()
    model.lost()
    expect(later).toHaveLength(1)
    later.shift()?.()
    await expect.poll(() => later.length).toBe(1)
    expect(model.isLost.value).toBe(true)
    expect(model.phase.value).toBe('open')
    later.shift()?.()

    await expect.poll(back).toBe(1)
    expect(model.isLost.value).toBe(false)
  })

  it('opens by itself once a server answers that did not at first', async () => {
    const { model, later } = createTestApp([OFFLINE, { value: account(shop('a')) }])
    await model.open()
    expect(model.phase.value).toBe('failed')

    later.shift()?.()

    await expect.poll(() => model.phase.value).toBe('open')
  })
})

describe('asking for the password again', () => {
  function createTestAgain(asksCode: boolean, ...replies: Reply<undefined>[]) {
    const sent: object[] = []
    let proven = 0
    const model = createAgainModel({
      asksCode,
      signInAgain: (input) => {
        sent.push(input)
        return Promise.resolve(replies.shift() ?? { value: undefined })
      },
      onProven: () => void (proven += 1),
    })
    return { model, sent, proven: () => proven }
  }

  it('sends nothing until all is written', async () => {
    const { model, sent } = createTestAgain(true)

    await model.submit()
    expect(model.fault.value?.field).toBe('password')
    model.typePassword('secret')
    await model.submit()

    expect(model.fault.value?.field).toBe('code')
    expect(sent).toEqual([])
  })

  it('says which of both was wrong, and goes on with the right ones', async () => {
    const { model, sent, proven } = createTestAgain(
      true,
      refused('wrong_sign_in'),
      refused('second_factor'),
    )
    model.typePassword('secret')
    model.typeCode(' 123456 ')

    await model.submit()
    expect(model.fault.value).toEqual({ field: 'password', message: 'fault.password_wrong' })
    await model.submit()
    expect(model.fault.value).toEqual({ field: 'code', message: 'fault.code' })
    await model.submit()

    expect(proven()).toBe(1)
    expect(sent.at(-1)).toEqual({ password: 'secret', code: '123456' })
  })
})

describe('a page whose module is gone', () => {
  it('loads the document anew once, and is broken when that does not help', async () => {
    const memory = memoryOf()
    let reloads = 0
    const load = createPageLoader({ memory, reload: () => void (reloads += 1) })
    const page = { path: '/console/x', load: () => Promise.reject(new Error('gone')) }

    void load(page)
    await expect.poll(() => reloads).toBe(1)

    expect(await load(page)).toEqual({ kind: 'broken' })
    expect(reloads).toBe(1)
  })

  it('may load the document anew again after a page was loaded', async () => {
    const memory = memoryOf({ 'gp.console.reloaded': '/console/x' })
    let reloads = 0
    const load = createPageLoader({ memory, reload: () => void (reloads += 1) })
    const Page = () => null

    const good = await load({ path: '/console/y', load: () => Promise.resolve({ Page }) })
    void load({ path: '/console/x', load: () => Promise.reject(new Error('gone')) })

    expect(good).toEqual({ kind: 'page', Page })
    await expect.poll(() => reloads).toBe(1)
  })
})

it('names the roles that the server opens a page to', () => {
  const console = PERMISSIONS.filter((permission) => accessOf(['operator'], permission) === 'none')
  const said = console.map((permission) => [permission, rolesFor(permission)])
  const opened = console.map((permission) => [
    permission,
    (['owner', 'admin'] as const).filter((role) =>
      ['read', 'edit'].includes(accessOf([role], permission)),
    ),
  ])

  expect(said).toEqual(opened)
})

describe('home', () => {
  const mail = { isConfigured: true, counts: counted({}) }

  function counted(some: { uncertain?: number; failed?: number }) {
    return { waiting: 0, sending: 0, sent: 9, failed: 0, uncertain: 0, ...some }
  }

  it('has nothing to say of a shop that is all right, nor of what it may not read', () => {
    const well = { origins: { items: [{}] }, mail, deadJobs: { items: [] } }

    expect(remarksOn(well)).toEqual([])
    expect(remarksOn({ origins: undefined, mail: undefined, deadJobs: undefined })).toEqual([])
  })

  it('says the gravest first', () => {
    const found = remarksOn({
      origins: { items: [] },
      mail: { isConfigured: false, counts: counted({ uncertain: 2, failed: 1 }) },
      deadJobs: { items: [{ id: '1' }] },
    })

    expect(found.map(({ message, n }) => [message, n])).toEqual([
      ['home.dead_jobs', 1],
      ['home.uncertain_mail', 2],
      ['home.failed_mail', 1],
      ['home.any_origin', undefined],
      ['home.no_mail', undefined],
    ])
  })
})

describe('what was said of a deed', () => {
  function createTestToasts() {
    const running = new Set<{ ms: number; act: () => void }>()
    const toasts = createToastList((ms, act) => {
      const timer = { ms, act }
      running.add(timer)
      return () => void running.delete(timer)
    })
    return { toasts, running }
  }

  it('stays for eight seconds where it can be undone, and is undone once', () => {
    const { toasts, running } = createTestToasts()
    let undone = 0
    toasts.say('Revoked', { undo: () => void (undone += 1) })
    const id = toasts.shown.value[0]?.id ?? 0

    expect([...running].map(({ ms }) => ms)).toEqual([8_000])
    toasts.undo(id)
    toasts.undo(id)

    expect(undone).toBe(1)
    expect(toasts.shown.value).toEqual([])
    expect(running.size).toBe(0)
  })

  it('does not go while somebody is at it', () => {
    const { toasts, running } = createTestToasts()
    toasts.say('Saved')

    toasts.hold()
    expect(running.size).toBe(0)
    toasts.release()

    for (const { act } of running) act()
    expect(toasts.shown.value).toEqual([])
  })

  it('shows three at most, the newest', () => {
    const { toasts } = createTestToasts()
    for (const message of ['a', 'b', 'c', 'd']) toasts.say(message)

    expect(toasts.shown.value.map(({ message }) => message)).toEqual(['b', 'c', 'd'])
  })
})

it('paints the theme that was chosen before, and keeps a new one', () => {
  const memory = memoryOf({ 'gp.console.theme': 'dark' })
  const painted: string[] = []
  const { choose } = createThemeChoice(memory, (theme) => void painted.push(theme))

  choose('light')

  expect(painted).toEqual(['dark', 'light'])
  expect(memory.map.get('gp.console.theme')).toBe('light')
})
