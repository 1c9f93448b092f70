import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EVENTS_PATH, METRICS_PATH, READY_PATH } from '#protocol/names.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { batchOf, BROWSER, eventOf, newVisitor } from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { mountSmallDisk } from '../../support/small-disk.ts'

const TOKEN = 'a-token-of-some-length'

eachDatabase('a server that is watched', (fresh, dialect) => {
  let database: FreshDatabase
  let dataDir: string
  let server: TestServer
  let clock: number

  beforeEach(async () => {
    database = await fresh()
    dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
    clock = Date.now()
    server = await startServer({
      dataDir,
      databaseUrl: database.address.url,
      metricsToken: TOKEN,
      now: () => clock,
    })
  })
  afterEach(async () => {
    await server.stop()
    await database.remove()
    await rm(dataDir, { recursive: true, force: true })
  })

  const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init)

  async function figures(): Promise<string> {
    const reply = await ask(METRICS_PATH, { headers: { authorization: `Bearer ${TOKEN}` } })
    expect(reply.status).toBe(200)
    return reply.text()
  }

  /** Undefined: no such line. */
  async function figure(name: string): Promise<number | undefined> {
    const line = (await figures()).split('\n').find((it) => it.startsWith(`${name} `))
    return line === undefined ? undefined : Number(line.slice(name.length + 1))
  }

  const send = (events = [eventOf(), eventOf(), eventOf()]) => {
    const session = { id: randomUUID(), startedAt: Date.now() }
    const batch = { ...batchOf(events, { visitor: newVisitor(), session }), key: server.key }
    return ask(EVENTS_PATH, {
      method: 'POST',
      body: JSON.stringify(batch),
      headers: { 'user-agent': BROWSER },
    })
  }

  async function beneath(statement: string): Promise<void> {
    const { url } = database.address
    const address = url === undefined ? { file: join(dataDir, 'granplaza.db') } : { url }
    const db = await openDatabase({ ...address, role: 'command' })
    await rowsOf(db, statement)
    await db.close()
  }

  it('is ready while the database takes writes', async () => {
    const reply = await ask(READY_PATH)

    expect(reply.status).toBe(200)
    expect(await reply.json()).toEqual({ status: 'ready' })
  })

  it('is not ready when an older database has been put beneath it', async () => {
    await beneath(`DELETE FROM applied_migrations WHERE position > 1`)

    const reply = await ask(READY_PATH)

    expect(reply.status).toBe(503)
    expect(reply.headers.get('retry-after')).toBe('5')
    expect(await reply.json()).toEqual({ status: 'not_ready', reasons: ['migrations'] })
  })

  it('looks once for all who ask within a second', async () => {
    expect((await ask(READY_PATH)).status).toBe(200)
    await beneath(`DELETE FROM applied_migrations WHERE position > 1`)

    expect((await ask(READY_PATH)).status).toBe(200)
    clock += 1_000
    expect((await ask(READY_PATH)).status).toBe(503)
  })

  it('counts events and requests, by route and status', async () => {
    await send()
    await send([eventOf({ name: '' })])
    await ask('/nowhere/at/all')
    await ask(EVENTS_PATH, { method: 'POST', body: 'nothing' })

    expect(await figure('granplaza_events_stored_total')).toBe(3)
    expect(await figure('granplaza_events_left_out_total{reason="invalid"}')).toBe(1)
    const requests = 'granplaza_http_requests_total'
    expect(await figure(`${requests}{method="POST",route="/v1/events",status="200"}`)).toBe(2)
    expect(await figure(`${requests}{method="POST",route="/v1/events",status="400"}`)).toBe(1)
    expect(await figure(`${requests}{method="any",route="none",status="404"}`)).toBe(1)
    const durations = 'granplaza_http_request_duration_seconds'
    expect(await figure(`${durations}_count{route="/v1/events"}`)).toBe(3)
    expect(await figure(`${durations}_bucket{route="/v1/events",le="+Inf"}`)).toBe(3)
    expect(await figure(`${durations}_sum{route="/v1/events"}`)).toBeGreaterThan(0)
  })

  it('tells of itself and the database', async () => {
    await send()

    expect(await figure('granplaza_queue_length{queue="ingestion"}')).toBe(0)
    expect(await figure('granplaza_queue_length{queue="jobs"}')).toBeGreaterThanOrEqual(0)
    expect(await figure('granplaza_sockets_open')).toBe(0)
    expect(await figure('granplaza_database_size_bytes')).toBeGreaterThan(0)
    expect(await figure('granplaza_disk_free_bytes')).toBeGreaterThan(0)
    expect(await figure('process_resident_memory_bytes')).toBeGreaterThan(0)
    expect(
      await figure('granplaza_event_loop_delay_seconds{quantile="0.99"}'),
    ).toBeGreaterThanOrEqual(0)
    const log = await figure('granplaza_database_log_size_bytes')
    const idle = await figure('granplaza_database_connections{state="idle"}')
    expect(dialect === 'sqlite' ? [log, idle] : [idle, log]).toEqual([
      expect.any(Number),
      undefined,
    ])
  })

  it('speaks Prometheus’ text format, of no shop and no person', async () => {
    await send([eventOf({ name: 'Secret Name', properties: { email: 'ana@shop.example' } })])
    for (let i = 0; i < 50; i++) await ask(`/examples/spa/teas/${i}?q=private-${i}`)
    await ask(`/api/v1/customers/private-1`)
    await ask('/examples/spa/app.js')

    const text = await figures()

    const line =
      /^(?:# (?:HELP \w+ .+|TYPE \w+ (?:counter|gauge|histogram))|\w+(?:\{(?:\w+="[^"\\\n]*",?)+\})? [\d.e+-]+)$/
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter((it) => !line.test(it)),
    ).toEqual([])
    expect(text).toContain('route="file"')
    for (const word of [server.key, server.shop.name, 'Secret', 'private', 'teas', '127.0.0.1']) {
      expect(text).not.toContain(word)
    }
  })

  if (dialect === 'sqlite') return

  it('is not ready when PostgreSQL takes no writes, and is again when it does', async () => {
    const name = new URL(database.address.url ?? '').pathname.slice(1)
    const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`
    await beneath(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    await beneath(others)

    const refused = await ask(READY_PATH)
    await beneath(
      `BEGIN READ WRITE; ALTER DATABASE ${name} RESET default_transaction_read_only; COMMIT`,
    )
    await beneath(others)
    clock += 1_000

    expect(await refused.json()).toMatchObject({ reasons: ['database'] })
    await expect
      .poll(async () => {
        clock += 1_000
        return (await ask(READY_PATH)).status
      })
      .toBe(200)
  })
})

describe('figures', () => {
  it('are for nobody where no token is set', async () => {
    const server = await startServer()

    expect((await fetch(`${server.url}${METRICS_PATH}`)).status).toBe(404)
    await server.stop()
  })

  it.each([{ what: 'none' }, { what: 'a wrong one', authorization: 'Bearer something-else' }])(
    'are not for who brings $what',
    async ({ authorization = '' }) => {
      const server = await startServer({ metricsToken: TOKEN })

      const reply = await fetch(`${server.url}${METRICS_PATH}`, { headers: { authorization } })

      expect(reply.status).toBe(401)
      expect(await reply.text()).not.toContain('granplaza_')
      await server.stop()
    },
  )
})

const longEvents = () =>
  Array.from({ length: 12 }, () => eventOf({ properties: { note: 'a'.repeat(4_000) } }))

const disk = mountSmallDisk(160)
describe.skipIf(disk === undefined)('a disk that fills up', () => {
  it('makes the server not ready before it is full, and ready again by itself', async () => {
    if (disk === undefined) return
    let clock = 0
    const server = await startServer({ dataDir: disk.folder, now: () => (clock += 1_000) })
    const reasons = async () => {
      const { reasons: found = [] } = (await (
        await fetch(`${server.url}${READY_PATH}`)
      ).json()) as {
        reasons?: string[]
      }
      return found
    }

    /** The log may have grown by more than it holds now: it takes small writes though nothing is left. */
    const fill = () =>
      fetch(`${server.url}${EVENTS_PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'user-agent': BROWSER },
        body: JSON.stringify(batchOf(longEvents(), { key: server.key })),
      })

    expect(await reasons()).toEqual([])
    disk.leave(50_000_000)
    expect(await reasons()).toEqual(['disk_space'])
    disk.free()
    disk.leave(0)
    const afterFilling = async () => {
      await fill()
      return reasons()
    }
    await expect.poll(afterFilling, { timeout: 30_000 }).toEqual(['database', 'disk_space'])
    disk.free()
    await expect.poll(reasons).toEqual([])

    await server.stop()
    disk.remove()
  })
})
