import { afterEach, expect, it, vi } from 'vitest'
import { takeBrowser } from '#sdk/browser.ts'
import { install } from '#sdk/install.ts'
import type { Gp } from '#sdk/types.ts'

afterEach(() => {
  Reflect.deleteProperty(window, 'gp')
})

it('keeps every call until the tag answers it', async () => {
  await import('#sdk/snippet.ts')
  const page = window as unknown as { gp: Gp }
  const asked = [page.gp.openChat(), page.gp('nonsense' as 'page'), page.gp.track('')]
  vi.spyOn(console, 'warn').mockReturnValue(undefined)
  const gp = install(takeBrowser(window), {
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
  const gp = install(takeBrowser(window), undefined)

  const missing = Object.keys(gp).filter((name) => name !== 'version' && !names.includes(name))
  expect(missing).toEqual([])
  await gp('destroy')
})
