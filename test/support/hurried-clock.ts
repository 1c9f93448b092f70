const SPEED = 100

/** The same in every process, and a hundred times as fast: waits of ten seconds take a tenth of one. */
export function hurriedClock(): number {
  return (Date.now() - Date.UTC(2026, 0, 1)) * SPEED + Date.UTC(2026, 0, 1)
}
