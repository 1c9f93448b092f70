import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

export const SERVER_CORE = 0
export const LOAD_CORE = 1

/**
 * Keeps this process and all its threads on one core, so that the load takes nothing from what is measured.
 * False where that can't be had (one core, or no taskset): figures are then worth less.
 */
export function pinTo(core: number): boolean {
  if (availableParallelism() < 2 && core !== SERVER_CORE) return false
  const { status } = spawnSync('taskset', ['-acp', String(core), String(process.pid)])
  return status === 0
}
