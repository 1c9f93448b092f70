/** What Chromium's tracing says of one page's main thread, in milliseconds of its CPU time: another program's are not counted. */
export interface MainThread {
  /** The task that evaluated the script: reading, compiling, running it. */
  readonly evaluation: number
  /** All tasks from the script's arrival to the end of the one that sent `until`. */
  readonly busyUntilSent: number
  /** All tasks of the recording, from the script's arrival on. */
  readonly busy: number
  readonly longestTask: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
  /** Of `dur`, what the thread itself worked. */
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly url?: string } }
}

export const TRACE_CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline']

/** Reads a recording in which the page fetched `script` and later sent a request that `isUntil` knows. */
export function readTrace(
  trace: Buffer,
  script: string,
  isUntil: (url: string) => boolean,
): MainThread {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString())
  const sent = traceEvents.filter(({ name }) => name === 'ResourceSendRequest')
  const asked = sent.find((event) => urlOf(event) === script)
  const last = sent.find((event) => isUntil(urlOf(event)))
  if (asked === undefined || last === undefined) throw new Error('The recording lacks a request')
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) =>
      name === 'RunTask' && pid === asked.pid && tid === asked.tid && ts > asked.ts,
  )
  const evaluated = traceEvents.find(
    (event) => event.name === 'EvaluateScript' && urlOf(event) === script,
  )
  return {
    evaluation: sum(tasks.filter((task) => evaluated !== undefined && isWithin(evaluated, task))),
    busyUntilSent: sum(tasks.filter(({ ts }) => ts <= last.ts)),
    busy: sum(tasks),
    longestTask: Math.max(0, ...tasks.map(duration)),
  }
}

function urlOf({ args }: TraceEvent): string {
  return args?.data?.url ?? ''
}

function isWithin({ ts }: TraceEvent, task: TraceEvent): boolean {
  return ts >= task.ts && ts <= task.ts + (task.dur ?? 0)
}

function sum(tasks: readonly TraceEvent[]): number {
  return tasks.reduce((total, task) => total + duration(task), 0)
}

function duration({ dur = 0, tdur = dur }: TraceEvent): number {
  return tdur / 1000
}
