import { describe, expect, it } from 'vitest'
import { LEAF_LIMITS } from '#protocol/leaf.ts'
import { TARGETING_LIMITS } from '#protocol/targeting.ts'
import { parseAudienceCondition, parseCondition } from '#server/targeting/parse-condition.ts'

const LEAF = { kind: 'audience', audienceId: 'A' }
const nested = (levels: number): unknown =>
  levels === 1 ? LEAF : { kind: 'not', of: nested(levels - 1) }
const viewed = (within: object) => ({
  kind: 'item',
  scope: 'profile',
  did: 'viewed',
  where: [],
  within,
  count: { op: 'atLeast', value: 1 },
})

describe('a condition that is saved', () => {
  it('keeps its form', () => {
    const condition = { kind: 'all', of: [LEAF, { kind: 'not', of: { kind: 'any', of: [] } }] }

    expect(parseCondition(condition)).toEqual(condition)
  })

  it.each([
    ['as deep as may be', nested(TARGETING_LIMITS.depth)],
    ['as wide as may be', { kind: 'any', of: Array(TARGETING_LIMITS.nodes - 1).fill(LEAF) }],
    ['with a window as long as days are kept', viewed({ last: 90, unit: 'days' })],
  ])('may be %s', (_what, condition) => {
    expect(parseCondition(condition)).toEqual(condition)
  })

  it.each([
    ['nothing', undefined, 'At its root'],
    ['a text', 'audience', 'At its root'],
    ['an unknown kind', { kind: 'all', of: [{ kind: 'mood' }] }, 'of.0.kind'],
    ['a misspelt field', viewed({ last: 7, unit: 'days', untill: 1 }), 'within'],
    ['a field too many', { ...LEAF, within: { last: 1, unit: 'days' } }, 'within'],
    ['too deep a tree', nested(TARGETING_LIMITS.depth + 1), 'levels'],
    ['a tree deep beyond reason', nested(5_000), 'levels'],
    ['too wide a tree', { kind: 'any', of: Array(TARGETING_LIMITS.nodes).fill(LEAF) }, 'At most'],
    [
      'empty groups without end',
      { kind: 'all', of: Array(9_999).fill({ kind: 'all', of: [] }) },
      'At most',
    ],
    [
      'a longer window than days are kept',
      viewed({ last: 13, unit: 'weeks' }),
      `${LEAF_LIMITS.windowDays} days`,
    ],
    ['a window of nothing', viewed({ last: 0, unit: 'days' }), 'within.last'],
    [
      'a count that is a text',
      { kind: 'visits', count: { op: 'atLeast', value: '3' } },
      'count.value',
    ],
    ['a range upside down', { kind: 'visits', count: { op: 'between', from: 2, to: 1 } }, 'count'],
    [
      'an empty piece of text',
      { kind: 'page', field: 'url', test: { op: 'contains', value: '' } },
      'test.value',
    ],
    [
      'no value at all',
      { kind: 'page', field: 'url', test: { op: 'oneOf', values: [] } },
      'test.values',
    ],
    [
      'a regular expression that is none',
      { kind: 'page', field: 'url', test: { op: 'regex', pattern: '(' } },
      'RE2',
    ],
    [
      'a day that is not in the calendar',
      { kind: 'date', zone: 'shop', from: '2026-02-30T00:00' },
      'from',
    ],
    [
      'dates upside down',
      { kind: 'date', zone: 'shop', from: '2026-02-02T00:00', to: '2026-02-01T00:00' },
      'before',
    ],
    ['no date', { kind: 'date', zone: 'shop' }, 'both'],
    ['an hour after the last', { kind: 'hour', zone: 'shop', from: '09:00', to: '24:00' }, 'to'],
    ['an hour of no length', { kind: 'hour', zone: 'shop', from: '09:00', to: '09:00' }, 'differ'],
  ])('is refused if it is %s, with the place', (_what, condition, place) => {
    const refusal = expect.objectContaining({
      code: 'bad_request',
      message: expect.stringContaining(place),
    })

    expect(() => parseCondition(condition)).toThrow(refusal)
  })
})

describe('a condition of an audience', () => {
  it('may ask for what is known across visits', () => {
    const condition = { kind: 'not', of: viewed({ last: 7, unit: 'days' }) }

    expect(parseAudienceCondition(condition)).toEqual(condition)
  })

  it.each([
    ['the page', { kind: 'page', field: 'url', test: { op: 'isSet' } }],
    [
      'this visit’s source',
      { kind: 'source', touch: 'session', field: 'source', test: { op: 'isSet' } },
    ],
    [
      'this visit’s time',
      { kind: 'timeOnSite', scope: 'session', seconds: { op: 'atLeast', value: 9 } },
    ],
    ['this visit’s products', { ...viewed({ last: 7, unit: 'days' }), scope: 'session' }],
  ])('may not ask for %s', (_what, leaf) => {
    const tree = { kind: 'all', of: [LEAF, { kind: 'not', of: leaf }] }

    expect(() => parseAudienceCondition(tree)).toThrow(
      expect.objectContaining({ code: 'bad_request' }),
    )
  })
})
