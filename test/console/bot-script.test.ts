import { expect, it } from 'vitest'
import { newStep, putBack, settled, without, type Question } from '#console/chat/bots/script.ts'
import type { ChatbotStep } from '#protocol/chatbots.ts'

const question = newStep('question', []) as Question
const greeting = newStep('text', [])
const asked: ChatbotStep = { ...newStep('line', []), when: { [question.id]: ['answer-1'] } }
const before = [greeting, question, asked]

const removed = () => settled(without(before, 1))

it('a step that is put back stands where it stood, with what asked for its answers', () => {
  expect(removed()[1]?.when).toEqual({})
  expect(settled(putBack(removed(), before, 1))).toEqual(before)
})

it('what was written since the removal stays, wherever it stands', () => {
  const written = removed().map((step) => ({ ...step, text: { en: `New ${step.id}` } }))
  const late = newStep('email', written)

  const now = settled(putBack([...written, late], before, 1))

  expect(now.map(({ id }) => id)).toEqual([greeting.id, question.id, asked.id, late.id])
  expect(now[0]?.text).toEqual({ en: `New ${greeting.id}` })
  expect(now[2]).toEqual({ ...asked, text: { en: `New ${asked.id}` } })
})

it('a step whose id another took meanwhile has one of its own, and is asked for by it', () => {
  const other = newStep('question', removed())
  expect(other.id).toBe(question.id)

  const now = settled(putBack([...removed(), other], before, 1))

  const [, back] = now
  expect(new Set(now.map(({ id }) => id)).size).toBe(4)
  expect(now[2]?.when).toEqual({ [back?.id ?? '']: ['answer-1'] })
})

it('a step stands first where all before it went, and is still asked for by those after it', () => {
  const now = settled(putBack([asked], before, 1))
  expect(now.map(({ id }) => id)).toEqual([question.id, asked.id])
})
