import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { trustedProxies } from '#server/core/client-address.ts'
import { createLog } from '#server/core/log.ts'
import { createRouter } from '#server/core/router.ts'

it('a secret key in the address of a request that fails is not in the log', async () => {
  const lines = new PassThrough()
  const log = createLog('info', lines)
  const router = createRouter({ log, isTrusted: trustedProxies([]), headers: {} })
  const open = { principal: 'anyone', admit: () => ({ request: undefined }) } as const
  router.get('/v1/projects/:key/settings', open, () => {
    throw new Error('A bug')
  })
  const secret = `sec_${'x'.repeat(43)}`

  await router.fetch(new Request(`http://gp.example/v1/projects/${secret}/settings`))

  const logged = String(lines.read())
  expect(logged).toContain('/v1/projects/sec_')
  expect(logged).not.toContain('xxx')
})
