import { expect, it } from 'vitest'
import { createBreather } from '#server/db/breather.ts'

it('goes straight on with work that has not lasted', () => {
  const { breather } = atWork()
  expect(breather.breathe()).toBeUndefined()
})

it('lets others have their turn when work has lasted, and then goes on', async () => {
  const { breather, pass } = atWork()
  let hadTheirTurn = false
  setImmediate(() => {
    hadTheirTurn = true
  })
  pass(3)
  await breather.breathe()

  expect(hadTheirTurn).toBe(true)
  expect(breather.breathe()).toBeUndefined()
})

it('counts from when the work began', () => {
  const { breather, pass } = atWork()
  pass(1_000)
  breather.begin()
  expect(breather.breathe()).toBeUndefined()
})

function atWork() {
  let time = 0
  const breather = createBreather(() => time)
  breather.begin()
  return {
    breather,
    pass: (ms: number) => {
      time += ms
    },
  }
}
