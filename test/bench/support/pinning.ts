import { spawnSync } from 'node:child_process'
import { availableParallelism, constants, setPriority } from 'node:os'

export const SERVER_CORE = 0
export const LOAD_CORE = 1

/**
 * From now on this thread, and whatever it starts, has a core only while nobody else wants it. PostgreSQL answers the
 * server from the load's core: beside a load that never sleeps it waits milliseconds for each of its turns.
 */
export function giveWay(): void {
  setPriority(constants.priority.PRIORITY_LOW)
}

/**
 * Keeps this process and all its threads on one core, so that the load takes nothing from what is measured.
 * False where that can't be had (one core, or no taskset): figures are then worth less.
 */
export function pinTo(core: number): boolean {
  if (availableParallelism() < 2 && core !== SERVER_CORE) return false
  const { status } = spawnSync('taskset', ['-acp', String(core), String(process.pid)])
  return status === 0
}
