import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import type { Metrics } from './metrics.ts'

const RESOLUTION_MS = 10
const MS_OF_NS = 1e-6

/** The figures of the process itself. Returns `stop`. */
export function addProcessMetrics(metrics: Metrics, version: string): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  metrics.gauge('granplaza_build_info', 'The version that runs, and the Node it runs on', () => [
    { labels: { version, node: process.version }, value: 1 },
  ])
  metrics.gauge(
    'granplaza_event_loop_delay_seconds',
    'How long requests waited for their turn since the last reading',
    () => {
      const readings = [
        { labels: { quantile: '0.5' }, value: secondsOf(delay.percentile(50)) },
        { labels: { quantile: '0.99' }, value: secondsOf(delay.percentile(99)) },
        { labels: { quantile: '1' }, value: secondsOf(delay.max) },
      ]
      delay.reset()
      return readings
    },
  )
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process', () =>
    process.memoryUsage.rss(),
  )
  metrics.gauge(
    'nodejs_heap_size_used_bytes',
    'Memory of JavaScript objects',
    () => process.memoryUsage().heapUsed,
  )
  metrics.gauge('process_start_time_seconds', 'When the process started, Unix time', () =>
    Math.round(performance.timeOrigin / 1000),
  )
  metrics.gauge('process_cpu_seconds_total', 'Processor time used', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  return () => delay.disable()
}

/** Of a delay as Node measures it: the time between two looks, of which the resolution is none. */
function secondsOf(nanoseconds: number): number {
  return Number.isFinite(nanoseconds)
    ? Math.max(0, nanoseconds * MS_OF_NS - RESOLUTION_MS) / 1000
    : 0
}
