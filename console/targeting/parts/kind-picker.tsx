import { useMemo, useState } from 'preact/hooks'
import type { LeafKind } from '#protocol/leaf.ts'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import { isOfOneVisit, KIND_GROUPS } from '../new-leaf.ts'
import { createKindList } from '../kind-list.ts'

const LISTBOX = { role: 'listbox' as const }

/** All that can be asked for, in groups; a few letters narrow them. A combobox for keyboard and screen reader. */
export function KindPicker({ onPick }: { readonly onPick: (kind: LeafKind) => void }) {
  const { t } = useWords()
  const { about } = useBuilder()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const all = useMemo(() => {
    const groups = KIND_GROUPS.map(({ name, kinds }) => ({
      name: t(name),
      kinds: kinds
        .filter((kind) => about === 'visit' || !isOfOneVisit(kind))
        .map((kind) => ({ kind, label: t(`kind.${kind}`) })),
    }))
    return createKindList(groups)
  }, [t, about])
  const found = all.matching(typed)
  const chosen = found[active]
  const idOf = (kind: LeafKind) => `kind-${kind}`

  function walk(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) {
      event.preventDefault()
      const next = (active + step + found.length) % found.length
      setActive(next)
      const kind = found[next]?.kind
      if (kind !== undefined) {
        document.getElementById(idOf(kind))?.scrollIntoView({ block: 'nearest' })
      }
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      if (chosen !== undefined) onPick(chosen.kind)
    }
  }

  return (
    <div class="kind-picker">
      <input
        class="kind-search"
        type="text"
        role="combobox"
        aria-label={t('target.add')}
        aria-expanded
        aria-autocomplete="list"
        aria-controls="kind-list"
        {...(chosen !== undefined && { 'aria-activedescendant': idOf(chosen.kind) })}
        placeholder={t('target.search')}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value)
          setActive(0)
        }}
        onKeyDown={walk}
      />
      <div {...LISTBOX} class="kind-list" id="kind-list" aria-label={t('target.add')}>
        {found.map(({ kind, label, group, isFirst }, at) => (
          <div key={kind} class="kind-place" role="presentation">
            {isFirst && (
              <p class="kind-group" aria-hidden="true">
                {group}
              </p>
            )}
            <div
              {...optionOf(
                () => setActive(at),
                () => onPick(kind),
              )}
              id={idOf(kind)}
              class="kind-choice"
              aria-selected={at === active}
            >
              {label}
            </div>
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="kind-none">{t('target.search.none')}</p>}
      <output class="visually-hidden">{t('pick.found', { n: found.length })}</output>
    </div>
  )
}

function optionOf(point: () => void, pick: () => void) {
  return {
    role: 'option' as const,
    onMouseMove: point,
    // The focus, and with it the keyboard, stays in the field.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: pick,
  }
}
