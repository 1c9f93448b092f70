import type { BrowserContext, Locator, Page, WebSocketRoute } from 'playwright-core'
import type { Conversation } from '#protocol/chat-conversations.ts'
import type { ChannelOptions, ChatSettings } from '#protocol/chat-channels.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { tagReady } from './command.ts'
import { shopPage } from './shop-page.ts'
import type { Stage } from './stage.ts'

export interface ChatShop {
  readonly channelId: string
  /** Who answers, by the console's own requests. */
  readonly operator: ConsoleClient
  readonly conversations: () => Promise<readonly Conversation[]>
  /** Says something in the newest conversation. */
  readonly answer: (text: string) => Promise<void>
  readonly change: (options: Partial<ChannelOptions>) => Promise<void>
  readonly open: (
    context: BrowserContext,
    settings?: Record<string, string>,
    page?: ShopPageOptions,
  ) => Promise<Page>
  /** The page of its own. */
  readonly ownPage: string
  /** A page of the shop's under the strictest policy that a shop can have. */
  readonly openStrictly: (
    context: BrowserContext,
    settings?: Record<string, string>,
    page?: Pick<ShopPageOptions, 'direction' | 'language'>,
  ) => Promise<Page>
}

interface ShopPageOptions {
  readonly hash?: string
  readonly direction?: 'ltr' | 'rtl'
  readonly language?: string
  readonly head?: string
}

/** A shop with its chat on and somebody there. */
export async function openChatShop(stage: Stage): Promise<ChatShop> {
  const { server, shop } = stage
  // Not by the proxy, which knows no sockets.
  const tagAt = server.url.replace('localhost', 'tag.localhost')
  const operator = await setUpOwner(server)
  const { channelId } = await operator.told<ChatSettings>('PUT', '/chat/settings', { isOn: true })
  if (channelId === null) throw new Error('No channel was made')
  await operator.told('PUT', `/chat/channels/${channelId}/seat`)
  await operator.told('PUT', '/chat/presence', { presence: 'online' })
  const path = '/lamps'
  let made = 0

  async function conversations(): Promise<readonly Conversation[]> {
    const { items } = await operator.told<{ items: Conversation[] }>(
      'GET',
      '/chat/conversations?view=all',
    )
    return items
  }

  async function open(
    context: BrowserContext,
    settings: Record<string, string> = {},
    { hash = '', direction = 'ltr', language = 'en', head = '' }: ShopPageOptions = {},
  ): Promise<Page> {
    const page = shopPage({ tagAt, key: server.key, settings, head: HEAD + head, body: BODY })
    shop.serve(path, spoken(page, { direction, language }))
    return visit(context, path + hash)
  }

  const spoken = (page: string, { direction = 'ltr', language = 'en' }: ShopPageOptions) =>
    page.replace('<html lang="en"', `<html lang="${language}" dir="${direction}"`)

  async function visit(context: BrowserContext, at: string): Promise<Page> {
    const page = await context.newPage()
    await page.goto(shop.url(at))
    await tagReady(page)
    return page
  }

  return {
    channelId,
    operator,
    conversations,
    open,
    ownPage: `${server.url}/c/${channelId}`,
    async openStrictly(context, settings = {}, inWhat = {}) {
      const policy = [
        "script-src 'nonce-of-a-test' 'strict-dynamic'",
        "style-src 'none'",
        `connect-src ${tagAt} ${tagAt.replace('http', 'ws')}`,
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        "object-src 'none'",
        "base-uri 'none'",
      ].join('; ')
      const head = '<link rel="icon" href="data:,">'
      const page = spoken(shopPage({ tagAt, key: server.key, settings, head }), inWhat)
      const body = page.replace('<script async', '<script nonce="of-a-test" async')
      shop.serve('/strict', body, { 'content-security-policy': policy })
      return visit(context, '/strict')
    },
    async answer(text) {
      const [newest] = await conversations()
      const message = { kind: 'text', id: `by-the-operator-${++made}`, text }
      await operator.told('POST', `/chat/conversations/${newest?.id}/messages`, message)
    },
    async change(options) {
      const channel = await operator.told<{ options: ChannelOptions }>(
        'GET',
        `/chat/channels/${channelId}`,
      )
      const changed = { options: { ...channel.options, ...options } }
      await operator.told('PATCH', `/chat/channels/${channelId}`, changed)
    },
  }
}

export const launcherOf = (page: Page): Locator => page.locator('gp-widget button.gp-launcher')
export const windowOf = (page: Page): Locator => page.locator('gp-widget').getByRole('dialog')

/** Writes and sends, as a visitor does. */
export async function write(page: Page, text: string): Promise<void> {
  const draft = page.locator('gp-widget textarea.draft')
  await draft.fill(text)
  await draft.press('Enter')
}

/** What stands in the log, one said thing a line, `> ` before one's own. */
export function saidOn(page: Page): Promise<readonly string[]> {
  return page.locator('gp-widget .row:not(:first-child)').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const said = row.querySelector('.bubble, .picture')
      const text = said?.textContent ?? ''
      return said === null ? [] : [`${row.classList.contains('mine') ? '> ' : ''}${text}`]
    }),
  )
}

/** The name of what has the focus in the chat. */
export function focusedIn(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const found = document.querySelector('gp-widget')?.shadowRoot?.activeElement
    const label = found?.id ? found.parentElement?.querySelector(`[for="${found.id}"]`) : undefined
    const text = found?.matches('button') ? found.textContent : undefined
    return (found?.getAttribute('aria-label') ?? label?.textContent ?? text)?.trim()
  })
}

/** The network of a browser, to be cut and mended: sockets with it, which `setOffline` leaves open. */
export async function networkOf(
  context: BrowserContext,
): Promise<(isCut: boolean) => Promise<void>> {
  const open = new Set<WebSocketRoute>()
  let isCut = false
  await context.routeWebSocket(/\/socket/, (socket) => {
    if (isCut) return void socket.close()
    socket.connectToServer()
    open.add(socket)
    return undefined
  })
  return async (cut) => {
    isCut = cut
    await context.setOffline(cut)
    if (cut) await Promise.all([...open].map((socket) => socket.close()))
    open.clear()
  }
}

const HEAD = '<meta name="viewport" content="width=device-width">'
const BODY = `
  <main><h1>Lamps</h1><a href="#help" data-gp-open-chat>Ask us</a>
  <div style="height:1600px">Long</div><button id="under" style="position:fixed;right:24px;bottom:24px">Buy</button></main>`
