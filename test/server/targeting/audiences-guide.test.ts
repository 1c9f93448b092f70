import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LEAVES } from '#protocol/leaf.ts'
import { parseCondition } from '#server/targeting/parse-condition.ts'
import { root } from '../../../scripts/root.mjs'

const guide = readFileSync(join(root, 'docs/audiences.md'), 'utf8')
/** The leaf that a row of the table is about, and its example. */
const rows = [...guide.matchAll(/^\| `(\w+)` +\|.*\| `(\{.*\})` *\|$/gm)].map(
  ([, kind = '', example = '']) => ({ kind, example }),
)

describe('the guide to audiences', () => {
  it('tells of every leaf', () => {
    const kinds = LEAVES.map((leaf) => leaf.shape.kind.value)

    expect(rows.map(({ kind }) => kind).toSorted()).toEqual([...kinds].toSorted())
  })

  it.each(rows)('has an example of $kind that can be saved', ({ kind, example }) => {
    expect(parseCondition(JSON.parse(example))).toMatchObject({ kind })
  })

  it('has a first audience that can be saved', () => {
    const body = /-d '(\{\s+"name"[\s\S]*?\})'/.exec(guide)?.[1] ?? ''

    expect(() => parseCondition(JSON.parse(body).condition)).not.toThrow()
  })
})
