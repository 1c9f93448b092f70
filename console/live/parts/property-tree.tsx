import type { ComponentChildren } from 'preact'

interface PropertyTreeProps {
  readonly label: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** A visitor wrote these: they are drawn as text, whatever they hold. */
export function PropertyTree({ label, properties }: PropertyTreeProps) {
  return (
    <div class="tree">
      <Branch label={label} entries={Object.entries(properties)} />
    </div>
  )
}

type Entries = readonly (readonly [string, unknown])[]

function Branch({ label, entries }: { label?: string; entries: Entries }) {
  return (
    <ul class="branch" aria-label={label}>
      {entries.map(([key, value]) => (
        <li key={key}>
          <span class="key">{key}</span> <Value value={value} />
        </li>
      ))}
    </ul>
  )
}

function Value({ value }: { value: unknown }) {
  if (Array.isArray(value)) {
    const items: unknown[] = value
    return <Nested count={items.length} brackets="[]" entries={Object.entries(items)} />
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    return <Nested count={entries.length} brackets="{}" entries={entries} />
  }
  return <Leaf kind={value === null ? 'null' : typeof value}>{JSON.stringify(value)}</Leaf>
}

interface NestedProps {
  readonly count: number
  readonly brackets: '[]' | '{}'
  readonly entries: Entries
}

function Nested({ count, brackets, entries }: NestedProps) {
  if (count === 0) return <Leaf kind="null">{brackets}</Leaf>
  return (
    <details class="nested" open={count <= 20}>
      <summary>
        {brackets[0]}
        {count}
        {brackets[1]}
      </summary>
      <Branch entries={entries} />
    </details>
  )
}

function Leaf({ kind, children }: { kind: string; children: ComponentChildren }) {
  return (
    <span class="leaf" data-kind={kind}>
      {children}
    </span>
  )
}
