import { describe, expect, it } from 'vitest'
import { outdatedBackups } from '#server/backup/rotate.ts'

const HOUR_MS = 3_600_000

/** One every `hours`, up to Sunday 22 November 2026, newest first. */
function everyHours(hours: number, count: number): string[] {
  const last = Date.UTC(2026, 10, 22, 23)
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(last - i * hours * HOUR_MS).toISOString()
    return `granplaza-${at.replaceAll(/[:.]/g, '-')}`
  })
}

describe('rotation', () => {
  it('keeps one a day for a week and one a week for four', () => {
    const names = everyHours(6, 400)

    const outdated = new Set(outdatedBackups(names))

    const kept = names.filter((name) => !outdated.has(name)).map((name) => name.slice(10, 23))
    expect(kept).toEqual([
      '2026-11-22T23',
      '2026-11-21T23',
      '2026-11-20T23',
      '2026-11-19T23',
      '2026-11-18T23',
      '2026-11-17T23',
      '2026-11-16T23',
      '2026-11-15T23',
      '2026-11-08T23',
      '2026-11-01T23',
    ])
  })

  it('deletes none while there are few, however old', () => {
    expect(outdatedBackups(everyHours(24 * 40, 4))).toEqual([])
  })

  it('never names what is no backup', () => {
    const others = ['photos', '.granplaza-2026-11-22T23-00-00-000Z.partial', 'granplaza-old']

    expect(
      outdatedBackups([...others, ...everyHours(1, 30)]).some((it) => others.includes(it)),
    ).toBe(false)
  })
})
