import { CHAT_PAGE_PATH } from '#protocol/names.ts'
import { html } from '../core/api/html.ts'
import { Refusal } from '../core/errors.ts'
import type { Guards, Shop } from '../core/guards.ts'
import type { Answer } from '../core/http.ts'
import type { Router } from '../core/router.ts'
import { randomToken } from '../core/tokens.ts'

interface ChatPageDeps {
  readonly guards: Pick<Guards, 'anyone'>
  /** By the channel alone: the address says no more. */
  readonly shopOfChannel: (channelId: string) => Promise<Shop | undefined>
  readonly publicUrl: URL
}

const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z\d]{2,8})*/

/** `/c/<channel>`: a chat on a page of its own, for links in mails and where a shop has no page. */
export function addChatPage(
  router: Router,
  { guards, shopOfChannel, publicUrl }: ChatPageDeps,
): void {
  router.get(CHAT_PAGE_PATH, guards.anyone, async ({ call }): Promise<Answer> => {
    const channelId = call.param('channelId') ?? ''
    const shop = await shopOfChannel(channelId)
    if (shop === undefined) throw new Refusal('not_found', 'There is no such chat')
    const nonce = randomToken(16)
    const [wanted] = LANGUAGE.exec(call.header('accept-language') ?? '') ?? shop.languages
    return {
      body: `<!doctype html>\n${pageOf(shop, { channelId, nonce, language: wanted ?? 'en' })}`,
      headers: { 'content-type': 'text/html; charset=utf-8', ...headersOf(publicUrl, nonce) },
    }
  })
}

/** Nothing is told of whoever looks at it, unless they write. */
function pageOf(
  { name, publicKey }: Shop,
  { channelId, nonce, language }: Readonly<Record<'channelId' | 'nonce' | 'language', string>>,
): string {
  return html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta
        name="viewport"
        content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
      />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>${name}</title>
      <link rel="icon" href="data:," />
      <script
        nonce="${nonce}"
        src="/gp.js"
        data-shop="${publicKey}"
        data-chat-channel="${channelId}"
        data-chat-page
        data-consent="off"
      ></script>
      <script nonce="${nonce}">
        gp.openChat()
      </script>
    </head>
    <body></body>
  </html> `.markup
}

/** As strict as a page can be; pictures of products lie wherever the shop has them. */
function headersOf(publicUrl: URL, nonce: string): Readonly<Record<string, string>> {
  // Safari's 'self' does not cover web sockets.
  const socket = publicUrl.origin.replace(/^http/, 'ws')
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      "img-src 'self' data: https:",
      `connect-src 'self' ${socket}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    // Its fragment may be a token; and whoever follows a link from a chat needs not say so.
    'referrer-policy': 'no-referrer',
  }
}
