import { describe, expect, it } from 'vitest'
import { createLog } from '#server/core/log.ts'
import { createGroupCommit } from '#server/ingestion/group-commit.ts'

const log = createLog('silent')

/** Commits by hand: each one waits until it is let go. */
function heldCommits() {
  const groups: number[][] = []
  const release: (() => void)[] = []
  const group = createGroupCommit<number, string>({
    log,
    weigh: (item) => item,
    commit(items) {
      groups.push([...items])
      return new Promise((resolve) => {
        release.push(() => resolve(items.map(String)))
      })
    },
  })
  const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))
  return { group, groups, release, turn }
}

describe('group commit', () => {
  it('commits together what came in one turn, and next what came meanwhile', async () => {
    const { group, groups, release, turn } = heldCommits()

    const first = [group.add(1), group.add(2)]
    await turn()
    const second = [group.add(3), group.add(4), group.add(5)]
    expect(groups).toEqual([[1, 2]])
    release[0]?.()
    expect(await Promise.all(first)).toEqual(['1', '2'])
    await turn()
    release[1]?.()

    expect(await Promise.all(second)).toEqual(['3', '4', '5'])
    expect(groups).toEqual([
      [1, 2],
      [3, 4, 5],
    ])
  })

  it('splits what would keep others waiting for too long', async () => {
    const { group, groups, release, turn } = heldCommits()
    const all = Promise.all([300, 150, 100, 900, 1].map((item) => group.add(item)))

    for (let i = 0; i < 4; i++) {
      await turn()
      release[i]?.()
    }

    expect(await all).toHaveLength(5)
    expect(groups).toEqual([[300, 150], [100], [900], [1]])
  })

  it('refuses with the wait when too much is waiting', async () => {
    const { group, release, turn } = heldCommits()
    const taken = [group.add(1)]
    await turn()
    for (let i = 0; i < 5_000; i++) taken.push(group.add(0))

    expect(() => group.add(1)).toThrow(
      expect.objectContaining({ code: 'unavailable', retryAfterSeconds: 2 }),
    )
    release[0]?.()
    await turn()
    release[1]?.()
    expect(await Promise.all(taken)).toHaveLength(5_001)
  })

  it('drains what was taken', async () => {
    const { group, release, turn } = heldCommits()
    let isDrained = false
    const answer = group.add(1)
    const drained = group.drain().then(() => {
      isDrained = true
    })

    await turn()
    expect(isDrained).toBe(false)
    release[0]?.()
    await drained
    expect(await answer).toBe('1')
  })

  it.each([
    { code: 'SQLITE_FULL', retryAfterSeconds: 10 },
    { code: 'SQLITE_IOERR_FSYNC', retryAfterSeconds: 10 },
    { code: '53100', retryAfterSeconds: 10 },
    { code: '57P01', retryAfterSeconds: 5 },
    { code: 'ECONNREFUSED', retryAfterSeconds: 5 },
    { code: 'SQLITE_BUSY', retryAfterSeconds: 2 },
  ])(
    'refuses all of a commit that failed with $code, and goes on',
    async ({ code, retryAfterSeconds }) => {
      let isWell = false
      const group = createGroupCommit<number, string>({
        log,
        weigh: () => 1,
        commit: (items) =>
          isWell
            ? Promise.resolve(items.map(String))
            : Promise.reject(Object.assign(new Error('driver'), { code })),
      })
      const failed = await Promise.allSettled([group.add(1), group.add(2)])
      isWell = true

      for (const one of failed) {
        expect(one).toMatchObject({ reason: { code: 'unavailable', retryAfterSeconds } })
      }
      expect(await group.add(3)).toBe('3')
    },
  )
})
