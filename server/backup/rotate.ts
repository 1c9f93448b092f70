const DAYS = 7
const WEEKS = 4
const DAY_MS = 86_400_000
const NAME = /^granplaza-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/

/**
 * Of the names in a folder those of backups that may go: kept are the newest of each of the last seven days that have
 * one and of each of the last four such weeks (UTC, from Monday), and whatever is not named like a backup.
 */
export function outdatedBackups(names: readonly string[]): string[] {
  const newestFirst = names.filter((name) => NAME.test(name)).toSorted((a, b) => (a < b ? 1 : -1))
  const kept = new Set([
    ...newestOfEach(newestFirst, dayOf).slice(0, DAYS),
    ...newestOfEach(newestFirst, weekOf).slice(0, WEEKS),
  ])
  return newestFirst.filter((name) => !kept.has(name))
}

/** When a backup of this name was made, epoch ms; undefined: it is not named like one. */
export function backedUpAt(name: string): number | undefined {
  const [, day, hours, minutes, seconds, milliseconds] = NAME.exec(name) ?? []
  if (day === undefined) return undefined
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`)
}

function newestOfEach(newestFirst: readonly string[], periodOf: (name: string) => number) {
  return newestFirst.filter(
    (name, at) => at === 0 || periodOf(name) !== periodOf(newestFirst[at - 1] ?? ''),
  )
}

function dayOf(name: string): number {
  return Math.floor((backedUpAt(name) ?? 0) / DAY_MS)
}

/** Day 0 of the epoch was a Thursday. */
function weekOf(name: string): number {
  return Math.floor((dayOf(name) + 3) / 7)
}
