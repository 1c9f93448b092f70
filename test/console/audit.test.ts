import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '#protocol/audit.ts'
import {
  actionKey,
  addressOf,
  askedPath,
  changedFields,
  filterIn,
  kindKey,
  objectName,
} from '#console/audit/entries.ts'
import { en } from '#console/messages/en.ts'
import { es } from '#console/messages/es.ts'
import { root } from '../../scripts/root.mjs'

const NOTHING = { actor: '', kind: '', from: '', to: '' }
const asked = (filter: Partial<typeof NOTHING>) =>
  Object.fromEntries(
    new URL(askedPath({ ...NOTHING, ...filter }), 'https://gp.example').searchParams,
  )

describe('the audit log’s filter', () => {
  it('stands in the address, and is read from it', () => {
    const filter = { actor: 'member:a b', kind: 'key', from: '2026-11-01', to: '' }
    const address = new URL(addressOf('/log', filter), 'https://gp.example')

    expect(filterIn(address.searchParams)).toEqual(filter)
    expect(addressOf('/log', NOTHING)).toBe('/log')
  })

  it('leaves out what is no date', () => {
    expect(filterIn(new URLSearchParams({ from: 'tomorrow', to: '2026-13-45' }))).toEqual(NOTHING)
  })

  it.each([
    { filter: { actor: 'member:7' }, query: { actorKind: 'member', actorName: '7' } },
    { filter: { actor: 'key' }, query: { actorKind: 'key' } },
    { filter: { actor: 'nobody:1' }, query: { actorName: '1' } },
    { filter: { kind: 'webhook' }, query: { objectKind: 'webhook' } },
  ])('asks the server for $filter', ({ filter, query }) => {
    expect(asked(filter)).toEqual({ limit: '50', ...query })
  })

  it('takes the whole of the last day, in the reader’s zone', () => {
    const { from, to } = asked({ from: '2026-11-22', to: '2026-11-22' })

    expect(Number(from)).toBe(new Date(2026, 10, 22).getTime())
    expect(Number(to)).toBe(new Date(2026, 10, 23).getTime())
  })
})

describe('an entry', () => {
  it('tells field by field what was and what is, and of a digest that it is one', () => {
    const before = { name: 'Tea', tags: ['a'] }
    const after = { name: 'Coffee', secret: { sha256: '0123456789abcdef' } }
    const entry = { before, after } as unknown as AuditEntry

    expect(changedFields(entry)).toEqual([
      {
        name: 'name',
        before: { text: 'Tea', isDigest: false },
        after: { text: 'Coffee', isDigest: false },
      },
      { name: 'tags', before: { text: '["a"]', isDigest: false }, after: undefined },
      { name: 'secret', before: undefined, after: { text: '0123456789ab', isDigest: true } },
    ])
  })

  it('is of a name where it tells one, else of an id', () => {
    const object = { kind: 'audience', id: 'a-1' }
    const of = (before: object | null, after: object | null, id = 'a-1') =>
      objectName({ object: { ...object, id }, before, after } as unknown as AuditEntry)

    expect(of({ name: 'Tea' }, { name: 'Coffee' })).toEqual({ text: 'Coffee', isId: false })
    expect(of({ name: 'Tea' }, null)).toEqual({ text: 'Tea', isId: false })
    expect(of({ name: { sha256: '0123' } }, null)).toEqual({ text: 'a-1', isId: true })
    expect(of(null, null)).toEqual({ text: 'a-1', isId: true })
    expect(of(null, { name: 'Tea & Co' }, '')).toEqual({ text: '', isId: true })
  })

  it('has words for what is known, and none for what is not', () => {
    expect(actionKey('key.made')).toBe('audit.action.key.made')
    expect(kindKey('contact_list')).toBe('audit.kind.contact_list')
    expect(actionKey('toString')).toBeUndefined()
    expect(actionKey('agenda.changed')).toBeUndefined()
  })

  it('has words in every language for whatever the server writes', () => {
    const { actions, built } = writtenActions()
    const kinds = new Set(actions.map((action) => action.split('.')[0]))
    const keys = [
      ...actions.map((action) => `audit.action.${action}`),
      ...[...kinds].map((kind) => `audit.kind.${kind}`),
    ]

    expect(built).toEqual([])
    expect(actions).toEqual(expect.arrayContaining(['key.made', 'feed.fetched', 'shop.deleted']))
    for (const texts of [en, es]) {
      expect(keys.filter((key) => !Object.hasOwn(texts, key))).toEqual([])
    }
  })
})

/** Of all that writes into the log, each `noun.verb_past` (a `name` is a job's); `built`: files that put one together, so that none is found. */
function writtenActions() {
  const folder = join(root, 'server')
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
  const writing = texts.filter(({ text }) => /recordChange|Noted\b|audited|\bnote\(/.test(text))
  const found = writing.flatMap(
    ({ text }) => text.match(/(?<=')(?<!\bname: ')[a-z_]+\.[a-z_]+(?=')/g) ?? [],
  )
  const built = writing.filter(({ text }) => /`[a-z_]+\.\$\{|`\$\{\w+\}\.[a-z_]+`/.test(text))
  return { actions: [...new Set(found)], built: built.map(({ file }) => file) }
}
