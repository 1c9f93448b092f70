import { describe, expect, it } from 'vitest'
import { fuzzyScore } from '#console/shell/fuzzy.ts'
import { createPaletteModel, type PaletteEntry } from '#console/shell/palette-model.ts'

const LABELS = ['Home', 'Live', 'Members', 'Mail', 'Your account', 'Sign out']

function createTestPalette(labels = LABELS, recent = '') {
  let kept = recent
  const ran: string[] = []
  const entries = labels.map((label): PaletteEntry => {
    const run = () => void ran.push(label)
    return { key: label, label, kind: 'Page', icon: 'home', run }
  })
  const model = createPaletteModel({
    getItem: () => kept,
    setItem: (_, value) => {
      kept = value
    },
  })
  model.open(entries)
  const found = () => model.found.value.map(({ label }) => label)
  return { model, ran, found, kept: () => kept.split('\n') }
}

describe('what is meant by a few letters', () => {
  it.each([
    { typed: 'mem', best: 'Members' },
    { typed: 'so', best: 'Sign out' },
    { typed: 'ya', best: 'Your account' },
    { typed: 'ML', best: 'Mail' },
    { typed: 'live', best: 'Live' },
  ])('takes $typed for $best', ({ typed, best }) => {
    const { model, found } = createTestPalette()

    model.type(typed)

    expect(found()[0]).toBe(best)
  })

  it('finds letters with and without accents alike', () => {
    expect(fuzzyScore('Configuración', 'configuracion')).toBeGreaterThan(0)
    expect(fuzzyScore('Configuracion', 'ción')).toBeGreaterThan(0)
  })

  it('finds nothing where a letter is missing, or comes too early', () => {
    expect(fuzzyScore('Mail', 'mailx')).toBe(0)
    expect(fuzzyScore('Mail', 'lm')).toBe(0)
  })
})

describe('the palette', () => {
  it('begins with what was chosen last', () => {
    const { found } = createTestPalette(LABELS, 'Mail\nGone\nHome')

    expect(found()).toEqual(['Mail', 'Home', 'Live', 'Members', 'Your account', 'Sign out'])
  })

  it('does what is chosen, closes, and remembers the last five', () => {
    const { model, ran, kept } = createTestPalette()
    for (const label of [...LABELS, 'Live']) {
      const entry = model.found.value.find((one) => one.label === label)
      if (entry !== undefined) model.choose(entry)
    }

    expect(ran).toEqual([...LABELS, 'Live'])
    expect(model.isOpen.value).toBe(false)
    expect(kept()).toEqual(['Live', 'Sign out', 'Your account', 'Mail', 'Members'])
  })

  it('goes around both ends, and back to the first with each letter', () => {
    const { model } = createTestPalette()

    model.move(-1)
    expect(model.active.value?.label).toBe('Sign out')
    model.move(1)
    expect(model.active.value?.label).toBe('Home')
    model.move(1)
    model.type('m')

    expect(model.active.value).toBe(model.found.value[0])
  })

  it('has nothing to choose where nothing is found', () => {
    const { model } = createTestPalette()

    model.type('zzz')
    model.move(1)

    expect(model.found.value).toEqual([])
    expect(model.active.value).toBeUndefined()
  })
})
