import { describe, expect, it } from 'vitest'
import { ExperienceSchema } from '#protocol/experiences.ts'
import { VARIABLES, type PopupContent } from '#protocol/popup.ts'
import { demoExperiences } from '#server/experiences/demo.ts'
import { drawnOf } from '#server/experiences/sanitise/drawn-of.ts'
import { TEMPLATES } from '#server/experiences/templates/templates.ts'

const LANGUAGES = ['en', 'es', 'pt', 'vi']

describe.each([
  ...TEMPLATES.map(({ key, experience }) => ({ key, experience })),
  ...demoExperiences().map((experience) => ({ key: experience.key, experience })),
])('the design $key', ({ experience }) => {
  it('is an experience that can be saved', () => {
    const parsed = ExperienceSchema.safeParse(experience)

    expect(parsed.error?.issues).toBeUndefined()
  })

  it('says everything in four languages, none of them like another', () => {
    const all = textsIn(drawn(experience))

    expect(all.length).toBeGreaterThan(0)
    for (const text of all) {
      expect(Object.keys(text)).toEqual(LANGUAGES)
      expect(Object.values(text).every((words) => words.trim() !== '')).toBe(true)
    }
    expect(new Set(all.map(({ en }) => en)).size).toBe(new Set(all.map(({ vi }) => vi)).size)
  })

  it('tells of the visitor only what is known by that name', () => {
    const named = textsIn(drawn(experience)).flatMap((text) =>
      [
        ...Object.values(text)
          .join(' ')
          .matchAll(/\{\{(\w+)/g),
      ].map(([, name]) => name),
    )

    expect(VARIABLES).toEqual(expect.arrayContaining([...new Set(named)]))
  })
})

describe('the gallery', () => {
  it('has each key once', () => {
    const keys = TEMPLATES.flatMap(({ key, experience }) => [key, `saved as ${experience.key}`])

    expect(TEMPLATES).toHaveLength(10)
    expect(new Set(keys).size).toBe(20)
  })

  it('starts as drafts, but for what runs in the demo shop', () => {
    const states = TEMPLATES.map(({ experience }) => ExperienceSchema.parse(experience).state)

    expect(new Set(states)).toEqual(new Set(['draft']))
    expect(demoExperiences().map(({ state }) => state)).toEqual(['active', 'active', 'active'])
  })
})

function drawn(experience: unknown): unknown[] {
  const { drawn: content, thanks } = drawnOf(ExperienceSchema.parse(experience).content)
  return [content satisfies PopupContent, thanks]
}

/** Every text that a visitor may read. */
function textsIn(value: unknown): Record<string, string>[] {
  if (typeof value !== 'object' || value === null) return []
  if ('en' in value) return [value as Record<string, string>]
  const lone = ['text', 'label', 'left', 'reached', 'alt'].find(
    (name) => typeof (value as Record<string, unknown>)[name] === 'string',
  )
  if (lone !== undefined) throw new Error(`“${lone}” is in one language only`)
  return Object.values(value).flatMap(textsIn)
}
