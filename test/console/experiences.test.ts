import { describe, expect, it } from 'vitest'
import { ExperienceSchema, type Experience, type ExperienceDraft } from '#protocol/experiences.ts'
import { PopupSchema, type Block, type Popup } from '#protocol/popup.ts'
import { questionsIn, wordsIn } from '#console/experiences/answers-in.ts'
import {
  blocksIn,
  duplicateOf,
  inserted,
  kindsOf,
  moved,
  newBlock,
  withBlocks,
  without,
} from '#console/experiences/blocks.ts'
import { createEditorModel } from '#console/experiences/editor-model.ts'
import { faultsIn, faultsOfBlock } from '#console/experiences/faults.ts'
import { createDraftStore, type KeptDraft } from '#console/experiences/kept-draft.ts'
import { found, inOrder, movedPriorities, shownState } from '#console/experiences/list-model.ts'
import {
  languagesOf,
  readIn,
  withLanguage,
  withoutLanguage,
  withText,
} from '#console/experiences/local-texts.ts'
import { daysAgoOn, instantOf, wallTimeOf } from '#console/experiences/shop-days.ts'

const HEADING: Block = { kind: 'heading', text: 'Tea' }
const TEXT: Block = { kind: 'text', text: 'Words' }
const CLOSE: Block = { kind: 'button', text: 'Close', action: { do: 'close' }, look: 'primary' }

const popupOf = (...blocks: readonly Block[]): Popup => ({
  layout: { kind: 'modal' },
  theme: {},
  canClose: true,
  design: { kind: 'blocks', blocks: [...blocks] },
})

const DRAFT: ExperienceDraft = ExperienceSchema.parse({
  key: 'tea',
  name: 'Tea',
  kind: 'popup',
  targeting: { kind: 'all', of: [] },
  triggers: [{ on: 'load' }],
  frequency: { per: 'session' },
  content: popupOf(HEADING, TEXT, CLOSE),
})
const EXPERIENCE: Experience = { ...DRAFT, id: '7', version: 3, createdAt: 1, updatedAt: 2 }

describe('the editor', () => {
  /** With what the browser has kept. */
  function edit(kept?: KeptDraft) {
    const store = {
      kept,
      read: () => store.kept,
      write: (it: typeof kept) => void (store.kept = it),
    }
    const editor = createEditorModel({ experience: EXPERIENCE, store, now: () => 1_000 })
    return { editor, store }
  }

  it('undoes letters of one field together, and each other change by itself', () => {
    const { editor } = edit()
    for (const name of ['G', 'Gr', 'Green']) editor.change({ name }, 'name')
    editor.change({ priority: 5 })

    editor.undo()
    expect(editor.draft.value).toMatchObject({ name: 'Green', priority: 0 })
    editor.undo()
    expect(editor.draft.value.name).toBe('Tea')
    expect(editor.canUndo.value).toBe(false)
    editor.redo()
    expect(editor.draft.value.name).toBe('Green')
  })

  it('forgets what was undone once something else is changed', () => {
    const { editor } = edit()
    editor.change({ name: 'Green' })
    editor.undo()
    editor.change({ name: 'Black' })

    expect(editor.canRedo.value).toBe(false)
    expect(editor.isDirty.value).toBe(true)
  })

  it('keeps changes until they are saved, with the version that they were made to', () => {
    const { editor, store } = edit()
    editor.change({ name: 'Green' })
    expect(store.kept).toMatchObject({ version: 3, at: 1_000, draft: { name: 'Green' } })

    editor.saved({ ...EXPERIENCE, name: 'Green', version: 4 })

    expect(store.kept).toBeUndefined()
    expect(editor.isDirty.value).toBe(false)
  })

  it('goes on with what was typed while it was being saved', () => {
    const { editor, store } = edit()
    editor.change({ name: 'Green tea' })
    editor.saved({ ...EXPERIENCE, name: 'Green', version: 4 })

    expect(editor.draft.value.name).toBe('Green tea')
    expect(store.kept).toMatchObject({ version: 4 })
  })

  it('opens with what was kept, of an older version too, which the server then refuses', () => {
    const { editor } = edit({ version: 2, at: 900, draft: { ...DRAFT, name: 'Kept' } })

    expect(editor.draft.value.name).toBe('Kept')
    expect(editor.keptAt.value).toBe(900)
    expect(editor.base.value.version).toBe(2)
    editor.discard()
    expect(editor.isDirty.value).toBe(false)
    editor.undo()
    expect(editor.draft.value.name).toBe('Kept')
  })

  it.each([
    { how: 'takeTheirs', name: 'Theirs', isDirty: false },
    { how: 'keepOurs', name: 'Ours', isDirty: true },
  ] as const)('settles two people’s changes: $how', ({ how, name, isDirty }) => {
    const { editor } = edit()
    editor.change({ name: 'Ours' })
    editor[how]({ ...EXPERIENCE, name: 'Theirs', version: 9 })

    expect(editor.draft.value.name).toBe(name)
    expect(editor.base.value.version).toBe(9)
    expect(editor.isDirty.value).toBe(isDirty)
  })
})

describe('what the browser keeps of a draft', () => {
  it.each([['nonsense'], ['{"draft":{}}'], ['null']])('is nothing, of %j', (stored) => {
    const storage = { getItem: () => stored, setItem: () => {}, removeItem: () => {} }

    expect(createDraftStore(storage, { shopKey: 'pub', id: '7' }).read()).toBeUndefined()
  })

  it('is given up in silence where there is no room', () => {
    const full = () => {
      throw new Error('QuotaExceededError')
    }
    const store = createDraftStore(
      { getItem: full, setItem: full, removeItem: full },
      { shopKey: 'pub', id: '7' },
    )

    expect(() => store.write({ version: 1, at: 1, draft: DRAFT })).not.toThrow()
    expect(store.read()).toBeUndefined()
  })
})

describe('blocks', () => {
  const three = [HEADING, TEXT, CLOSE]

  it.each([
    { from: 0, to: 2, kinds: ['text', 'button', 'heading'] },
    { from: 2, to: 0, kinds: ['button', 'heading', 'text'] },
    { from: 0, to: 3, kinds: ['heading', 'text', 'button'] },
    { from: 0, to: -1, kinds: ['heading', 'text', 'button'] },
  ])('move from $from to $to', ({ from, to, kinds }) => {
    expect(moved(three, from, to).map(({ kind }) => kind)).toEqual(kinds)
  })

  it('come and go in their place', () => {
    expect(without(inserted(three, 1, CLOSE), 1)).toEqual(three)
  })

  it('leave no thanks behind with the last of them', () => {
    const thanked = withBlocks(popupOf(CLOSE), 'thanks', [HEADING])

    expect(blocksIn(thanked, 'thanks')).toEqual([HEADING])
    expect(withBlocks(thanked, 'thanks', [])).toEqual(popupOf(CLOSE))
  })

  it.each(kindsOf('blocks'))('can be saved as they are added: %s', (kind) => {
    const context = { blocks: [], currency: 'EUR', now: () => 1_800_000_000_000, text: String }
    const block = newBlock(kind, context)
    // What only the shop knows: its picture, its code.
    const given = {
      ...block,
      ...('code' in block && { code: 'A' }),
      ...('url' in block && { url: '/a' }),
    }
    const send: Block = {
      ...CLOSE,
      kind: 'button',
      text: 'Send',
      action: { do: 'submit' },
      look: 'primary',
    }

    const parsed = PopupSchema.safeParse(
      popupOf(given as Block, ...(kind === 'field' ? [send] : [])),
    )

    expect(parsed.error?.issues).toBeUndefined()
  })

  it('have names of their own as fields, and none among thanks', () => {
    const field = newBlock('field', { blocks: [], currency: 'EUR', now: () => 0, text: String })
    const second = duplicateOf(field, [field])

    expect(second).toMatchObject({ name: 'field-2' })
    expect(duplicateOf(second, [field, second])).toMatchObject({ name: 'field-3' })
    expect(kindsOf('thanks')).not.toContain('field')
  })
})

describe('what keeps a draft from being saved', () => {
  const field = (name: string): Block => ({
    kind: 'field',
    name,
    type: 'text',
    label: 'A',
    isRequired: false,
  })

  it.each<{ what: string; change: Partial<ExperienceDraft>; at: string }>([
    { what: 'empty', change: { name: ' ' }, at: 'name' },
    { what: 'key', change: { key: 'Tea!' }, at: 'key' },
    { what: 'ends_before', change: { startsAt: 2, endsAt: 2 }, at: 'endsAt' },
    { what: 'no_trigger', change: { triggers: [] }, at: 'triggers' },
    {
      what: 'empty',
      change: { triggers: [{ on: 'click', selector: ' ' }] },
      at: 'triggers.0.selector',
    },
    { what: 'no_blocks', change: { content: popupOf() }, at: 'blocks' },
    { what: 'no_submit', change: { content: popupOf(field('a')) }, at: 'blocks' },
    { what: 'field_name', change: { content: popupOf(field('1')) }, at: 'blocks.0.name' },
    {
      what: 'field_name_taken',
      change: { content: popupOf(field('a'), field('a')) },
      at: 'blocks.1.name',
    },
    {
      what: 'no_way_out',
      change: { content: { ...popupOf(HEADING), canClose: false } },
      at: 'canClose',
    },
    {
      what: 'variable',
      change: { content: popupOf({ ...HEADING, text: 'Hi {{age}}' }) },
      at: 'blocks.0.text',
    },
    {
      what: 'link',
      change: {
        content: popupOf({ ...CLOSE, action: { do: 'link', url: 'data:text/html,x' } } as Block),
      },
      at: 'blocks.0.url',
    },
  ])('$what, at $at', ({ what, change, at }) => {
    const draft = { ...DRAFT, ...change }

    expect(faultsIn(draft)).toContainEqual({ at, what })
    // What is told here is what the server refuses.
    expect(ExperienceSchema.safeParse(draft).success).toBe(what === 'empty' && at !== 'name')
  })

  it('is nothing where all is well, and is told at its block', () => {
    expect(faultsIn(DRAFT)).toEqual([])
    const faults = [
      { at: 'blocks.1.text', what: 'empty' },
      { at: 'blocks.11.url', what: 'link' },
    ] as const

    expect(faultsOfBlock(faults, 'blocks', 1)).toEqual({ text: 'empty' })
  })
})

describe('the list', () => {
  const one = (id: string, priority: number) => ({ ...EXPERIENCE, id, priority, name: `No ${id}` })

  it('calls what is active and begins later scheduled', () => {
    expect(shownState({ state: 'active', startsAt: 20 }, 10)).toBe('scheduled')
    expect(shownState({ state: 'active', startsAt: 20 }, 20)).toBe('active')
    expect(shownState({ state: 'draft', startsAt: 20 }, 10)).toBe('draft')
  })

  it('has the greatest priority first, and of equals the older one', () => {
    expect(inOrder([one('10', 1), one('9', 1), one('11', 2)]).map(({ id }) => id)).toEqual([
      '11',
      '9',
      '10',
    ])
  })

  it('shows what is archived only to whoever asks for it', () => {
    const all = [one('1', 1), { ...one('2', 1), state: 'archived' as const }]
    const shown = (filter: 'all' | 'archived') =>
      found(all, { filter, text: 'no', now: 0 }).map(({ id }) => id)

    expect(shown('all')).toEqual(['1'])
    expect(shown('archived')).toEqual(['2'])
  })

  it.each([
    { what: 'between two', priorities: [30, 20, 10], id: '2', to: 0 },
    { what: 'to the end', priorities: [30, 20, 10], id: '0', to: 2 },
    { what: 'where all are equal', priorities: [0, 0, 0, 0], id: '3', to: 1 },
    { what: 'at the top of the scale', priorities: [1_000, 1_000, 999], id: '2', to: 0 },
  ])('puts one $what, and all others stay in their order', ({ priorities, id, to }) => {
    const before = priorities.map((priority, at) => ({ id: String(at), priority }))
    const changed = new Map(movedPriorities(before, id, to).map((it) => [it.id, it.priority]))
    const after = before
      .map((it) => ({ ...it, priority: changed.get(it.id) ?? it.priority }))
      .toSorted((a, b) => b.priority - a.priority || Number(a.id) - Number(b.id))
    const others = before.filter((it) => it.id !== id).map((it) => it.id)

    expect(after.map((it) => it.id)).toEqual([...others.slice(0, to), id, ...others.slice(to)])
    expect(after.every(({ priority }) => priority >= 0 && priority <= 1_000)).toBe(true)
  })
})

describe('texts in several languages', () => {
  const spoken = popupOf({ kind: 'heading', text: { en: 'Tea', es: 'Té' } }, CLOSE)

  it('tell which the pop-up speaks, the one that stands in for others first', () => {
    expect(languagesOf(spoken)).toEqual(['en', 'es'])
    expect(languagesOf(popupOf(CLOSE))).toEqual([])
  })

  it('begin in a new one with the words there are, and go with it', () => {
    const more = withLanguage(spoken, 'pt', 'en')

    expect(blocksIn(more, 'blocks')[0]).toMatchObject({ text: { en: 'Tea', es: 'Té', pt: 'Tea' } })
    expect(blocksIn(more, 'blocks')[1]).toMatchObject({ text: { en: 'Close', pt: 'Close' } })
    const less = withoutLanguage(withoutLanguage(more, 'pt'), 'es')
    expect(blocksIn(less, 'blocks')[0]).toMatchObject({ text: 'Tea' })
  })

  it('are read in the first where one is missing', () => {
    expect(readIn({ en: 'Tea', es: '' }, 'es')).toBe('Tea')
    expect(withText({ en: 'Tea' }, 'es', 'Té')).toEqual({ en: 'Tea', es: 'Té' })
    expect(withText('Tea', undefined, 'Mate')).toBe('Mate')
  })
})

describe('the shop’s clock', () => {
  it.each([
    ['Pacific/Auckland', '2026-11-22T23:30Z', 0, '2026-11-23'],
    ['America/Bogota', '2026-11-23T04:30Z', 0, '2026-11-22'],
    // The day of 25 hours is one day.
    ['Europe/Madrid', '2026-10-26T00:30Z', 1, '2026-10-25'],
  ])('in %s at %s, %i days ago it was %s', (zone, at, days, dayOn) => {
    expect(daysAgoOn(Date.parse(at), days, zone)).toBe(dayOn)
  })

  it.each([
    ['Europe/Madrid', '2026-07-01T10:00', '2026-07-01T08:00Z'],
    ['Asia/Kathmandu', '2026-07-01T10:00', '2026-07-01T04:15Z'],
    // Twice that night: the first.
    ['Europe/Madrid', '2026-10-25T02:30', '2026-10-25T00:30Z'],
  ])('in %s, %s is the instant %s', (zone, wall, at) => {
    expect(instantOf(wall, zone)).toBe(Date.parse(at))
    expect(wallTimeOf(Date.parse(at), zone)).toBe(wall)
  })

  it('shows an hour more in the hour that spring leaves out, and nothing of nonsense', () => {
    const at = instantOf('2026-03-29T02:30', 'Europe/Madrid') ?? 0

    expect(wallTimeOf(at, 'Europe/Madrid')).toMatch(/^2026-03-29T0[13]:30$/)
    expect(instantOf('soon', 'Europe/Madrid')).toBeUndefined()
  })
})

describe('answers', () => {
  const choice = (name: string, values: readonly string[]): Block => ({
    kind: 'field',
    name,
    type: 'choice',
    label: name,
    isRequired: true,
    options: values.map((value) => ({ value, label: value })),
  })
  const scale = choice(
    'nps',
    Array.from({ length: 11 }, (_, score) => String(score)),
  )
  const comment: Block = {
    kind: 'field',
    name: 'comment',
    type: 'text',
    label: 'Why',
    isRequired: false,
  }
  const firstName: Block = { ...comment, name: 'first', trait: 'firstName' }

  it('are counted by choice, without those that are no longer offered', () => {
    const given = ['tea', 'tea', 'coffee', 'cocoa'].map((drink) => ({ fields: { drink } }))
    const [question] = questionsIn(popupOf(choice('drink', ['tea', 'coffee'])), given)

    expect(question).toMatchObject({
      name: 'drink',
      count: 3,
      choices: [{ count: 2 }, { count: 1 }],
    })
    expect(question).not.toHaveProperty('score')
  })

  it('of a scale from 0 to 10 make a score', () => {
    const given = ['10', '9', '8', '7', '6'].map((nps) => ({ fields: { nps } }))

    expect(questionsIn(popupOf(scale), given)).toMatchObject([{ count: 5, score: 20 }])
    expect(questionsIn(popupOf(scale), [])[0]).not.toHaveProperty('score')
  })

  it('in words are told, but for what is of the person', () => {
    const fields = { comment: 'Good tea', first: 'Ana', nps: '9' }

    expect(
      wordsIn(popupOf(scale, comment, firstName), [{ fields }]).map(({ text }) => text),
    ).toEqual(['Good tea'])
  })
})
