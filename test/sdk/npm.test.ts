// @vitest-environment node
import { expect, it } from 'vitest'

it('does nothing on a server, and says so', async () => {
  const { gp, orderCompleted } = await import('#sdk/npm.ts')

  expect(await gp.track('A')).toMatchObject({ ok: false, reason: 'no_window' })
  expect(await gp('page')).toMatchObject({ ok: false, reason: 'no_window' })
  expect(await orderCompleted({ order_id: '1' })).toMatchObject({ ok: false })
  expect(await Promise.resolve(gp)).toBe(gp)
})
