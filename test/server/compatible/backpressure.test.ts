import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { freshPostgres, postgresUrl } from '../../support/postgres.ts'
import { startServer } from '../../support/server.ts'

describe.skipIf(postgresUrl() === undefined)('while nothing can be stored', () => {
  it('clients are told to wait, by the one code that none of them drops events over', async () => {
    const { url, drop } = await freshPostgres()
    const server = await startServer({ databaseUrl: url })
    const event = { writeKey: server.key, anonymousId: 'a-1', event: 'Clicked' }
    const post = () =>
      fetch(`${server.url}/v1/track`, { method: 'POST', body: JSON.stringify(event) })

    await setReadOnly(url, 'on')
    const refused = await post()
    await setReadOnly(url, 'off')
    // The connections that were cut may take one more request to be found out.
    await expect.poll(async () => (await post()).status).toBe(200)
    await server.stop()
    await drop()

    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('access-control-expose-headers')).toBe('Retry-After')
  })
})

/** For connections that are opened from now on; those that are open are cut. */
async function setReadOnly(url: string, state: 'on' | 'off'): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('set default_transaction_read_only = off')
  const name = new URL(url).pathname.slice(1)
  await client.query(`alter database ${name} set default_transaction_read_only = ${state}`)
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await client.end()
}
