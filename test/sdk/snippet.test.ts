import { afterEach, expect, it, vi } from 'vitest'
import { takeBrowser } from '#sdk/browser.ts'
import { install } from '#sdk/install.ts'
import { explain, start } from '#sdk/lazy/words.ts'
import type { Gp, GpCommands } from '#sdk/types.ts'

/** All that are typed: the compiler sees to it. */
const COMMANDS = {
  init: true,
  track: true,
  page: true,
  identify: true,
  alias: true,
  group: true,
  reset: true,
  consent: true,
  cart: true,
  on: true,
  once: true,
  off: true,
  ready: true,
  debug: true,
  destroy: true,
  show: true,
  dismiss: true,
  get: true,
  openChat: true,
  closeChat: true,
  toggleChat: true,
  showLauncher: true,
  hideLauncher: true,
  sendMessage: true,
  chatState: true,
  openAgenda: true,
  openLive: true,
} satisfies Record<keyof GpCommands, true>

afterEach(() => {
  Reflect.deleteProperty(window, 'gp')
})

it('keeps every call until the tag answers it', async () => {
  await import('#sdk/snippet.ts')
  const page = window as unknown as { gp: Gp }
  const asked = [page.gp.openLive(), page.gp('nonsense' as 'page'), page.gp.track('')]
  vi.spyOn(console, 'warn').mockReturnValue(undefined)
  const parts = { integrity: { words: 'sha384-of-words' }, explain, start }
  const browser = { ...takeBrowser(window), load: () => Promise.resolve(parts) }
  const gp = install(browser, {
    shop: 'pk',
    host: 'https://gp.invalid',
    consent: 'off',
  })

  const reasons = (await Promise.all(asked)).map((outcome) => !outcome.ok && outcome.reason)
  expect(reasons).toEqual(['not_enabled', 'unknown_command', 'invalid'])
  expect(page.gp).toBe(gp)
  await gp('destroy')
})

it('offers every command of the tag', async () => {
  vi.resetModules()
  await import('#sdk/snippet.ts')
  const names = Object.keys((window as unknown as { gp: object }).gp)

  expect(names.toSorted()).toEqual([...Object.keys(COMMANDS), 'q'].toSorted())
})
