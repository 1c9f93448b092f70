import { describe, expect, it } from 'vitest'
import type { Explanation } from '#protocol/targeting.ts'
import { ConditionSchema, type Condition } from '#protocol/targeting.ts'
import { LEAVES, LeafSchema, type Leaf, type LeafKind } from '#protocol/leaf.ts'
import { createBuilder } from '#console/targeting/builder-model.ts'
import { hasFault, refusedParts } from '#console/targeting/faults.ts'
import { targetingInWords } from '#console/targeting/in-words.ts'
import { KIND_GROUPS, newLeaf } from '#console/targeting/new-leaf.ts'
import { onAnyPage } from '#console/targeting/on-any-page.ts'
import { partNotes } from '#console/targeting/part-notes.ts'
import { slotsOf } from '#console/targeting/slots-of.ts'
import type { Slot } from '#console/targeting/slots.ts'
import { conditionOf, pathsOf, rootOf } from '#console/targeting/view.ts'
import { wordsIn } from '../support/console-words.ts'
import { compile } from '#server/targeting/compile.ts'
import { readFacts } from '#server/targeting/reading.ts'
import { createRandom } from '../e2e/support/random.ts'
import { randomCondition } from '../support/random-conditions.ts'
import cases from '../cases/conditions.json' with { type: 'json' }

const [en, es] = [wordsIn(['en-GB']), wordsIn(['es'])]
const SHOP = { currency: 'EUR', minorUnits: 100 }
const KINDS = LEAVES.map(({ shape }) => shape.kind.value)
const CONDITIONS = cases.cases.flatMap(({ condition }): Condition[] => {
  const parsed = ConditionSchema.safeParse(condition)
  return parsed.success ? [parsed.data] : []
})
const viewed: Condition = {
  kind: 'item',
  scope: 'profile',
  did: 'viewed',
  where: [{ field: 'category', test: { op: 'equals', value: 'shoes' } }],
  within: { last: 7, unit: 'days' },
  count: { op: 'atLeast', value: 3 },
}
const spain: Condition = {
  kind: 'place',
  field: 'country',
  test: { op: 'oneOf', values: ['ES', 'FR'] },
}
const inAudience: Condition = { kind: 'audience', audienceId: '7' }

describe('a condition in words', () => {
  it.each([
    {
      condition: viewed,
      says: 'Visitors who viewed a product whose category is “shoes” at least 3 times in the last 7 days',
      dice: 'Visitantes que vieron un producto cuya categoría es «shoes» al menos 3 veces en los últimos 7 días',
    },
    {
      condition: { kind: 'all', of: [viewed, spain, { kind: 'not', of: inAudience }] },
      says: 'Visitors who viewed a product whose category is “shoes” at least 3 times in the last 7 days and whose country is Spain or France, except those who are in the audience “Regulars”',
      dice: 'Visitantes que vieron un producto cuya categoría es «shoes» al menos 3 veces en los últimos 7 días y cuyo país es España o Francia, excepto aquellos que están en la audiencia «Regulars»',
    },
    {
      condition: { kind: 'not', of: { kind: 'orders', count: { op: 'atLeast', value: 1 } } },
      says: 'Everybody except those who made at least 1 order',
      dice: 'Todo el mundo excepto aquellos que hicieron al menos 1 pedido',
    },
    {
      condition: {
        kind: 'all',
        of: [
          { kind: 'visitor', is: 'returning' },
          {
            kind: 'any',
            of: [{ kind: 'spent', currency: 'EUR', amount: { op: 'greater', value: 4990 } }, spain],
          },
        ],
      },
      says: 'Visitors who have been here before and (who spent more than €49.90 or whose country is Spain or France)',
      dice: 'Visitantes que ya han estado aquí y (que gastaron más de 49,90 € o cuyo país es España o Francia)',
    },
    { condition: { kind: 'all', of: [] }, says: 'Everybody', dice: 'Todo el mundo' },
    { condition: { kind: 'any', of: [] }, says: 'Nobody', dice: 'Nadie' },
  ] as { condition: Condition; says: string; dice: string }[])('$says', (it) => {
    const names = { audiences: new Map([['7', 'Regulars']]), lists: new Map() }
    const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

    expect(plain(targetingInWords(it.condition, en, names))).toBe(it.says)
    expect(plain(targetingInWords(it.condition, es, names))).toBe(it.dice)
  })

  it('has words for every kind of leaf, all of its values among them', () => {
    const kinds = new Set<string>()
    for (const condition of CONDITIONS) {
      for (const leaf of leavesOf(condition)) kinds.add(leaf.kind)
      for (const words of [en, es]) {
        const told = targetingInWords(condition, words)
        expect(told).not.toMatch(/[{}]|undefined|NaN|null| {2}/)
        for (const value of textsIn(condition)) expect(told).toContain(value)
      }
    }

    expect([...kinds].toSorted()).toEqual([...KINDS].toSorted())
  })

  it('names what this version does not know, and keeps it', () => {
    const later = { kind: 'moon', phase: 'full' } as unknown as Condition

    expect(targetingInWords(later, en)).toBe('Visitors with a condition that this page can’t show')
    expect(conditionOf(rootOf({ kind: 'all', of: [later] }))).toEqual({ kind: 'all', of: [later] })
  })
})

describe('the builder', () => {
  it('gives back what it was given, whatever it is', () => {
    const random = createRandom(7)
    const some = Array.from({ length: 200 }, () => randomCondition(random, 1_700_000_000_000))
    for (const condition of [...CONDITIONS, ...some]) {
      expect(conditionOf(rootOf(condition))).toEqual(condition)
    }
  })

  it('writes into each slot what is a leaf again', () => {
    for (const condition of CONDITIONS) {
      for (const leaf of leavesOf(condition)) {
        for (const slot of Object.values(slotsOf(leaf))) {
          for (const written of rewrites(slot)) {
            expect(LeafSchema.safeParse(JSON.parse(JSON.stringify(written))).success).toBe(true)
          }
        }
      }
    }
  })

  it('begins each kind with what can be saved, or says what is missing', () => {
    for (const { kinds } of KIND_GROUPS) {
      for (const kind of kinds) {
        const leaf = newLeaf(kind, SHOP)
        expect({ kind, isSound: LeafSchema.safeParse(leaf).success || hasFault(leaf) }).toEqual({
          kind,
          isSound: true,
        })
      }
    }
  })

  it('adds, turns, groups, moves and removes parts', () => {
    const told: Condition[] = []
    const builder = createBuilder({
      condition: { kind: 'all', of: [] },
      onChange: (condition) => told.push(condition),
    })
    const root = () => builder.root.value
    const idAt = (...path: number[]) => path.reduce(partAt, root() as Parted).id
    const [one, two] = [newLeaf('visitor', SHOP), newLeaf('orders', SHOP)]

    builder.add(root().id, one)
    builder.add(root().id, two)
    builder.turn(idAt(1))
    expect(told.at(-1)).toEqual({ kind: 'all', of: [one, { kind: 'not', of: two }] })
    builder.wrap(idAt(0))
    builder.setMode(idAt(0), 'none')
    expect(told.at(-1)).toEqual({
      kind: 'all',
      of: [
        { kind: 'not', of: { kind: 'any', of: [one] } },
        { kind: 'not', of: two },
      ],
    })
    builder.move(idAt(1), -1)
    expect(told.at(-1)).toEqual({
      kind: 'all',
      of: [{ kind: 'not', of: { kind: 'any', of: [one, { kind: 'not', of: two }] } }],
    })
    builder.move(idAt(0, 1), 1)
    builder.dissolve(idAt(0))
    builder.copy(idAt(0))
    const putBack = builder.remove(idAt(2))
    expect(told.at(-1)).toEqual({ kind: 'all', of: [one, one] })
    putBack()
    expect(told.at(-1)).toEqual({ kind: 'all', of: [one, one, { kind: 'not', of: two }] })
    builder.remove(idAt(2))
    putBack()
    expect(told.at(-1)).toEqual({ kind: 'all', of: [one, one] })
    builder.move(idAt(0), -1)
    expect(told.at(-1)).toEqual({ kind: 'all', of: [one, one] })
  })

  it('takes what somebody else changed, and not what it said itself', () => {
    const builder = createBuilder({ condition: viewed, onChange: () => undefined })
    const { id } = builder.root.value.of[0] ?? {}

    builder.adopt({ ...viewed })
    expect(builder.root.value.of[0]?.id).toBe(id)
    builder.adopt(spain)
    expect(conditionOf(builder.root.value)).toEqual(spain)
  })

  it('is not thrown back by what it said while one typed on', () => {
    const told: Condition[] = []
    const builder = createBuilder({ condition: spain, onChange: (it) => told.push(it) })
    const id = builder.root.value.of[0]?.id ?? 0
    const named = (name: string): Leaf => ({
      kind: 'customerAttribute',
      name,
      test: { op: 'isSet' },
    })

    builder.setLeaf(id, named('g'))
    builder.setLeaf(id, named('gi'))
    builder.adopt(told[0] ?? spain)
    expect(conditionOf(builder.root.value)).toEqual({ kind: 'all', of: [named('gi')] })
    builder.adopt(told[1] ?? spain)
    builder.adopt(told[0] ?? spain)
    expect(conditionOf(builder.root.value)).toEqual({ kind: 'all', of: [named('g')] })
  })
})

describe('what is said at a part', () => {
  const condition: Condition = {
    kind: 'all',
    of: [spain, { kind: 'not', of: { kind: 'any', of: [viewed, inAudience] } }],
  }

  it('lies where the server says', () => {
    const root = rootOf(condition)
    const byPath = new Map([...pathsOf(root)].map(([id, path]) => [path, id]))
    const at = (detail: string) => [
      ...refusedParts(root, { refusal: 'bad_request', detail, waitSeconds: 0 }),
    ]

    expect([...byPath.keys()]).toEqual(['', 'of.0', 'of.1', 'of.1.of.of.0', 'of.1.of.of.1'])
    expect(at('condition.of.0.test.values: Too small')).toEqual([byPath.get('of.0')])
    expect(at('targeting.of.1.of.of.1.audienceId: x; condition.of.0: y')).toEqual([
      byPath.get('of.1.of.of.1'),
      byPath.get('of.0'),
    ])
    expect(at('Not a condition. At its root: At most 8 levels')).toEqual([root.id])
    expect(at('name: Too small')).toEqual([root.id])
  })

  it.each([
    { what: 'a tree', of: condition },
    { what: 'a lone leaf', of: viewed },
  ])('is what is true of somebody, leaf by leaf, of $what', ({ of }) => {
    const facts = { now: 0, shopTimeZone: 'UTC', consent: null, audienceIds: new Set(['7']) }
    const explanation: Explanation = compile(of).explain(readFacts(facts))
    const root = rootOf(of)

    const notes = partNotes({ root, isChecked: false, refused: undefined, explanation })
    const leaves = [...pathsOf(root).keys()].map((id) => notes.get(id)?.outcome)

    expect(leaves).toEqual(of === viewed ? ['false'] : ['false', 'false', 'false', 'false', 'true'])
  })

  it.each([
    { pattern: '^/sale/\\d+$', fault: false },
    { pattern: '(', fault: true },
    { pattern: 'a(?=b)', fault: true },
    { pattern: '', fault: true },
  ])('is that “$pattern” can’t be searched for: $fault', ({ pattern, fault }) => {
    const leaf: Condition = { kind: 'page', field: 'path', test: { op: 'regex', pattern } }

    expect(hasFault(leaf)).toBe(fault)
    expect(!fault).toBe(isCompiled(leaf))
  })

  it('is what is missing, once somebody wants to save it', () => {
    const root = rootOf({ kind: 'all', of: [viewed, newLeaf('audience', SHOP)] })
    const notes = partNotes({ root, isChecked: true, refused: undefined, explanation: undefined })

    expect([...notes.values()]).toEqual([{ fault: 'target.fault.empty' }])
  })
})

function isCompiled(condition: Condition): boolean {
  try {
    return ConditionSchema.safeParse(condition).success && Boolean(compile(condition))
  } catch {
    return false
  }
}

describe('what is counted of a condition', () => {
  const page: Condition = { kind: 'page', field: 'path', test: { op: 'contains', value: '/a' } }

  it.each([
    { what: 'nothing of pages', of: viewed, counted: viewed },
    { what: 'a page alone', of: page, counted: { kind: 'all', of: [] } },
    {
      what: 'a page and more',
      of: { kind: 'all', of: [page, spain, { kind: 'not', of: page }] },
      counted: { kind: 'all', of: [spain] },
    },
    {
      what: 'a page or more',
      of: { kind: 'all', of: [{ kind: 'any', of: [page, spain] }, viewed] },
      counted: { kind: 'all', of: [viewed] },
    },
  ] as { what: string; of: Condition; counted: Condition }[])(
    'leaves out the page they are on: $what',
    ({ of, counted }) => {
      expect(onAnyPage(of)).toEqual(counted)
    },
  )
})

interface Parted {
  readonly id: number
  readonly of?: readonly Parted[]
}

function partAt(view: Parted, at: number): Parted {
  const part = view.of?.[at]
  if (part === undefined) throw new Error(`There is no part ${at}`)
  return part
}

function leavesOf(condition: Condition): Extract<Condition, { kind: LeafKind }>[] {
  if (condition.kind === 'not') return leavesOf(condition.of)
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(leavesOf)
  return [condition]
}

/** Texts that a sentence must hold as they are. */
function textsIn(condition: Condition): string[] {
  return leavesOf(condition).flatMap((leaf) => {
    const test = 'test' in leaf ? leaf.test : undefined
    const isNamed = leaf.kind === 'place' || leaf.kind === 'device' || leaf.kind === 'customer'
    if (test === undefined || isNamed || !('value' in test)) return []
    return typeof test.value === 'string' && test.value !== '' ? [test.value] : []
  })
}

/** The leaf with what the slot holds already, and with each choice there is. */
function rewrites(slot: Slot): unknown[] {
  if (slot.type === 'optional') {
    return [...(slot.inner ? rewrites(slot.inner) : []), ...(slot.remove ? [slot.remove()] : [])]
  }
  if (slot.type === 'choice') {
    return Object.keys(slot.options).flatMap((value) => {
      const leaf = slot.write(value)
      return hasFault(leaf) ? [] : [leaf]
    })
  }
  return [slot.write(slot.value as never)]
}
