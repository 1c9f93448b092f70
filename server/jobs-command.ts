import { parseArgs } from 'node:util'
import type { Job } from '#protocol/jobs.ts'
import { Refusal, StartError } from './core/errors.ts'
import type { Jobs } from './core/jobs/jobs.ts'

export const JOBS_USAGE = `Lists the installation's own background work that was given up (a shop's own is at its console), or runs it again.

  npm run jobs
  npm run jobs -- --retry 17

  --retry <job>   runs it again, with all its attempts; a running server begins within seconds
`

interface JobsCommandDeps {
  readonly jobs: Pick<Jobs, 'givenUp' | 'retry'>
}

/** What to print. */
export async function seeJobs({ jobs }: JobsCommandDeps, args: string[]): Promise<string> {
  const jobId = retriedIn(args)
  if (jobId === undefined) return listOf(await jobs.givenUp())
  try {
    const { kind } = await jobs.retry(null, jobId)
    return `Job ${jobId} (${kind}) is run again.\n`
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    throw new StartError(`${cause.message}.`, { cause })
  }
}

function listOf(jobs: readonly Job[]): string {
  if (jobs.length === 0) return 'Nothing was given up.\n'
  const lines = jobs.map(({ id, kind, attempts, finishedAt, createdAt, lastError }) => {
    const at = new Date(finishedAt ?? createdAt).toISOString()
    return `${id}  ${kind}  given up ${at} after ${attempts} attempts: ${lastError ?? 'no reason was kept'}`
  })
  return `${lines.join('\n')}\n\nRun one again with --retry and its number.\n`
}

function retriedIn(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { retry: { type: 'string' } }, strict: true }).values.retry
  } catch (cause) {
    throw new StartError(JOBS_USAGE, { cause })
  }
}
