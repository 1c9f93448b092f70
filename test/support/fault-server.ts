import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import { readRange } from '#server/core/outbound-address.ts'
import { startServer } from './server.ts'

// The whole server in a process of its own, to be killed. Says where it listens once it does.
const { DATA_DIR, DATABASE_URL, REDIS_URL, PUBLIC_URL, HEARTBEAT_MS, METRICS_TOKEN } = process.env
const server = await startServer({
  ...(DATA_DIR !== undefined && { dataDir: DATA_DIR }),
  databaseUrl: DATABASE_URL,
  redisUrl: REDIS_URL,
  publicUrl: PUBLIC_URL,
  ...(METRICS_TOKEN !== undefined && { metricsToken: METRICS_TOKEN }),
  heartbeat:
    HEARTBEAT_MS === undefined
      ? undefined
      : { everyMs: Number(HEARTBEAT_MS), patienceMs: Number(HEARTBEAT_MS) },
  outboundAllow: ['127.0.0.0/8'].map(readRange).filter((it) => it !== undefined),
})
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
// Any message asks how long the event loop kept others waiting, beyond the millisecond between two looks.
process.on('message', () => process.send?.({ delayMs: delay.percentile(99.9) / 1e6 - 1 }))
process.send?.({ port: Number(new URL(server.url).port), key: server.key })
// A test that failed leaves nothing running.
process.once('disconnect', () => process.exit(1))
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit(0))
})
