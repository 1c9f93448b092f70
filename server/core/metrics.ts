/** Values by their labels: `{ route: '/v1/events', status: '200' }`. Labels come from closed lists, never from requests. */
type Labels = Readonly<Record<string, string>>

export interface Counter {
  readonly add: (labels: Labels, by?: number) => void
}

export interface Durations {
  readonly observe: (labels: Labels, seconds: number) => void
}

/** One figure read when it is asked for. */
export interface Reading {
  readonly labels?: Labels
  readonly value: number
}

export interface Metrics {
  /** What only grows; its name ends in `_total`. */
  readonly counter: (name: string, help: string) => Counter
  /** How long something took, in Prometheus' cumulative buckets. */
  readonly durations: (name: string, help: string) => Durations
  /** What goes up and down, or is counted elsewhere (`_total`). `read` may fail: then this one is left out of the text. */
  readonly gauge: (name: string, help: string, read: () => Readings | Promise<Readings>) => void
  /** All of them in Prometheus' text format 0.0.4. */
  readonly text: () => Promise<string>
}

type Readings = number | readonly Reading[]
type Write = () => Promise<string[]> | string[]

const BOUNDS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * The figures of this process: three kinds, one text. What a package would add (its own default figures, four more kinds,
 * push) has no user here.
 */
export function createMetrics(): Metrics {
  const writers: Write[] = []

  function add(name: string, kind: string, help: string, lines: Write): void {
    writers.push(async () => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${kind}`,
      ...(await lines()),
    ])
  }

  return {
    counter(name, help) {
      const values = new Map<string, number>()
      add(name, 'counter', help, () => [...values].map(([key, value]) => `${name}${key} ${value}`))
      return {
        add(labels, by = 1) {
          const key = keyOf(labels)
          values.set(key, (values.get(key) ?? 0) + by)
        },
      }
    },
    durations(name, help) {
      const series = new Map<string, { labels: Labels; counts: number[]; sum: number }>()
      add(name, 'histogram', help, () =>
        [...series.values()].flatMap((it) => bucketLines(name, it)),
      )
      return {
        observe(labels, seconds) {
          const key = keyOf(labels)
          const known = series.get(key)
          const one = known ?? { labels, counts: BOUNDS_SECONDS.map(() => 0).concat(0), sum: 0 }
          if (known === undefined) series.set(key, one)
          const at = BOUNDS_SECONDS.findIndex((bound) => seconds <= bound)
          const bucket = at === -1 ? BOUNDS_SECONDS.length : at
          one.counts[bucket] = (one.counts[bucket] ?? 0) + 1
          one.sum += seconds
        },
      }
    },
    gauge(name, help, read) {
      add(name, name.endsWith('_total') ? 'counter' : 'gauge', help, async () => {
        const readings = await read()
        const all: readonly Reading[] =
          typeof readings === 'number' ? [{ value: readings }] : readings
        return all.map(({ labels = {}, value }) => `${name}${keyOf(labels)} ${value}`)
      })
    },
    async text() {
      // One that can't be read (a database that is down) must not hide the others, least of all then.
      const parts = await Promise.all(
        writers.map(async (write) => write()).map((it) => it.catch(() => [])),
      )
      return `${parts.flat().join('\n')}\n`
    },
  }
}

function bucketLines(
  name: string,
  { labels, counts, sum }: { labels: Labels; counts: readonly number[]; sum: number },
): string[] {
  let below = 0
  const lines = counts.map((count, at) => {
    below += count
    const le = BOUNDS_SECONDS[at] === undefined ? '+Inf' : String(BOUNDS_SECONDS[at])
    return `${name}_bucket${keyOf({ ...labels, le })} ${below}`
  })
  return [...lines, `${name}_sum${keyOf(labels)} ${sum}`, `${name}_count${keyOf(labels)} ${below}`]
}

function keyOf(labels: Labels): string {
  const entries = Object.entries(labels)
  if (entries.length === 0) return ''
  return `{${entries.map(([name, value]) => `${name}="${escaped(value)}"`).join(',')}}`
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
}
