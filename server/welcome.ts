import { CONSOLE_PATH, DEMO_PATH, TAG_PATH } from '#protocol/names.ts'
import type { RunningServer } from './server.ts'

const BOLD = '1'
const DIM = '2'
const GREEN = '32'

interface Links {
  readonly liveUrl: string
  /** While nobody owns the shop. */
  readonly setupUrl: string | undefined
}

/** What the person at the terminal reads when the server is up: what to open, and what to do next. */
export function welcomeOf(
  { url, shop, hasDemo }: Pick<RunningServer, 'url' | 'shop' | 'hasDemo'>,
  { liveUrl, setupUrl }: Links,
  hasColours: boolean,
): string {
  const paint = (text: string, code: string) =>
    hasColours ? `\u001b[${code}m${text}\u001b[0m` : text
  const setup =
    setupUrl === undefined
      ? [`  Sign in        ${paint(`${url}${CONSOLE_PATH}`, GREEN)}`]
      : [
          `  Your account   ${paint(setupUrl, GREEN)}`,
          `                 ${paint('makes you the owner, once, within an hour; another: npm run owner', DIM)}`,
        ]
  const lines = [
    '',
    `  ${paint('Granplaza is running', BOLD)} ${paint(`for “${shop.name}”`, DIM)}`,
    '',
    ...setup,
    ...(hasDemo ? [`  Demo shop      ${paint(`${url}${DEMO_PATH}`, GREEN)}`] : []),
    `  Live page      ${paint(liveUrl, GREEN)}`,
    `                 ${paint('opens once, within 15 minutes; another: npm run shop -- --link', DIM)}`,
    '',
    `  In your shop   ${snippetOf(url, shop.publicKey)}`,
    '',
    `  ${paint('Ctrl+C stops it. Your data stays.', DIM)}`,
    '',
  ]
  return `${lines.join('\n')}\n`
}

/** All that a shop has to put into its pages. */
export function snippetOf(url: string, publicKey: string): string {
  return `<script async src="${url}${TAG_PATH}" data-shop="${publicKey}"></script>`
}
