import type { OwnSession } from '#protocol/account.ts'
import type { Words } from '../words.ts'

/** Brands, as they spell themselves; the server tells families in lower case. */
const BRANDS: Readonly<Record<string, string>> = {
  ie: 'Internet Explorer',
  samsung: 'Samsung Internet',
  duckduckgo: 'DuckDuckGo',
  tiktok: 'TikTok',
  uc: 'UC Browser',
  miui: 'Mi Browser',
  macos: 'macOS',
  ios: 'iOS',
  chromeos: 'ChromeOS',
  harmonyos: 'HarmonyOS',
}

/** “Chrome on Windows”; as much of it as the browser told. */
export function deviceName(
  { browser, os }: Pick<OwnSession, 'browser' | 'os'>,
  { t }: Pick<Words, 't'>,
): string {
  if (browser === undefined && os === undefined) return t('sessions.unknown_device')
  if (browser === undefined || os === undefined) return brandOf(browser ?? os ?? '')
  return t('sessions.device', { browser: brandOf(browser), os: brandOf(os) })
}

function brandOf(family: string): string {
  return BRANDS[family] ?? family.slice(0, 1).toUpperCase() + family.slice(1)
}
