import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ExperienceSchema, ExperienceSettingsSchema } from '#protocol/experiences.ts'
import { drawnOf } from '#server/experiences/sanitise/drawn-of.ts'
import { root } from '../../../scripts/root.mjs'

const guide = readFileSync(join(root, 'docs/experiences.md'), 'utf8')
const first = ExperienceSchema.parse(JSON.parse(/-d '(\{[\s\S]*?\n {2}\})'/.exec(guide)?.[1] ?? ''))
const triggers = [...guide.matchAll(/^\| `(\{ "on": .*?\})` +\|/gm)].map(([, it = '']) => it)
const blocks = [...guide.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, it = '']) => it)

describe('the guide to experiences', () => {
  it('has a first experience that runs', () => {
    expect(first).toMatchObject({ state: 'active', content: { layout: { kind: 'bar' } } })
  })

  it('tells of every trigger', () => {
    const told = triggers.map((it) => (JSON.parse(it) as { on: string }).on)
    const known = ExperienceSchema.shape.triggers.element.options.flatMap(({ shape: { on } }) =>
      'options' in on ? on.options : [...on.values],
    )

    expect(new Set(told)).toEqual(new Set<string>(known))
  })

  it.each(triggers)('has a trigger %s that can be saved', (trigger) => {
    const parsed = ExperienceSchema.safeParse({ ...first, triggers: [JSON.parse(trigger)] })

    expect(parsed.error?.issues).toBeUndefined()
  })

  it('has settings and own HTML that can be saved as they stand', () => {
    const [settings = '', design = ''] = blocks
    const content = { layout: { kind: 'modal' }, design: JSON.parse(design) as unknown }

    expect(() => ExperienceSettingsSchema.parse(JSON.parse(settings))).not.toThrow()
    expect(drawnOf(ExperienceSchema.parse({ ...first, content }).content).removed).toEqual([])
  })

  it('has a frequency that can be saved', () => {
    const frequency = /^`(\{ "per": .*?\})`/m.exec(guide)?.[1] ?? ''

    expect(() =>
      ExperienceSchema.parse({ ...first, frequency: JSON.parse(frequency) as unknown }),
    ).not.toThrow()
  })
})
