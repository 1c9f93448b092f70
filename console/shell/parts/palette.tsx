import { useEffect, useId } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { Layer } from '../../ui/layer.tsx'
import { useWords } from '../../words.ts'
import type { PaletteEntry, PaletteModel } from '../palette-model.ts'
import './palette.css'

/** Goes anywhere by a few letters: a combobox over all there is. */
export function Palette({ model }: { readonly model: PaletteModel }) {
  const { t } = useWords()
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      if (model.isOpen.value) model.close()
      else model.open()
    }
    addEventListener('keydown', open)
    return () => removeEventListener('keydown', open)
  }, [model])
  return (
    <Layer
      isOpen={model.isOpen.value}
      onClose={model.close}
      kind="palette"
      name={t('palette.title')}
    >
      {() => <Search model={model} />}
    </Layer>
  )
}

function Search({ model }: { readonly model: PaletteModel }) {
  const { t } = useWords()
  const id = useId()
  const found = model.found.value
  const active = model.active.value
  const idOf = (entry: PaletteEntry) => `${id}-${found.indexOf(entry)}`
  useEffect(() => {
    if (active !== undefined) {
      document.getElementById(idOf(active))?.scrollIntoView({ block: 'nearest' })
    }
  }, [active])
  return (
    <div class="palette">
      <label class="palette-search">
        <Icon name="search" />
        <span class="visually-hidden">{t('palette.label')}</span>
        <input
          type="text"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
          placeholder={t('palette.label')}
          value={model.text.value}
          {...(active !== undefined && { 'aria-activedescendant': idOf(active) })}
          onInput={({ currentTarget }) => model.type(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              model.move(event.key === 'ArrowDown' ? 1 : -1)
            }
            if (event.key === 'Enter' && !event.isComposing && active !== undefined) {
              event.preventDefault()
              model.choose(active)
            }
          }}
        />
      </label>
      <ul class="palette-list" id={id} role="listbox" aria-label={t('palette.title')}>
        {found.map((entry) => (
          <Option
            key={entry.key}
            id={idOf(entry)}
            entry={entry}
            isActive={entry === active}
            model={model}
          />
        ))}
      </ul>
      <p class="palette-none" role="status">
        {found.length === 0 && t('palette.none')}
      </p>
    </div>
  )
}

interface OptionProps {
  readonly id: string
  readonly entry: PaletteEntry
  readonly isActive: boolean
  readonly model: PaletteModel
}

/** Chosen by the keyboard through the field above, which keeps the focus. */
function Option({ id, entry, isActive, model }: OptionProps) {
  return (
    <li
      id={id}
      class="palette-option"
      role="option"
      aria-selected={isActive}
      onPointerMove={() => model.point(entry.key)}
      onClick={() => model.choose(entry)}
    >
      <Icon name={entry.icon} />
      <span class="palette-words">{entry.label}</span>
      <span class="palette-kind">{entry.kind}</span>
    </li>
  )
}
