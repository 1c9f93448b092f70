import { Cron } from 'croner'

/** Something that recurs for the installation. */
export interface Schedule {
  /** Five fields, minutes first: `17 3 * * *` is every day at 3:17. */
  readonly pattern: string
  /** IANA name, for patterns that name hours. */
  readonly timeZone: string
}

/** The first time after `after` (epoch ms) at which it is due. Around clock changes as croner has it. */
export function nextTime({ pattern, timeZone }: Schedule, after: number): number {
  const next = new Cron(pattern, { timezone: timeZone, paused: true }).nextRun(new Date(after))
  if (next === null) throw new Error(`“${pattern}” is never due`)
  return next.getTime()
}
