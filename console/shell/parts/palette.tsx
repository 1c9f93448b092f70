import { useEffect, useId } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { Layer } from '../../ui/layer.tsx'
import { useWords } from '../../words.ts'
import type { PaletteEntry, PaletteModel } from '../palette-model.ts'
import './palette.css'

/** What a combobox shows has no element of its own: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. */
const LISTBOX = { role: 'listbox' } as const
const optionThat = (isActive: boolean) => ({ role: 'option', 'aria-selected': isActive }) as const

interface PaletteProps {
  readonly model: PaletteModel
  readonly onOpen: () => void
}

/** Goes anywhere by a few letters: a combobox over all there is. */
export function Palette({ model, onOpen }: PaletteProps) {
  const { t } = useWords()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isWithControl = event.metaKey || event.ctrlKey
      if (event.key.toLowerCase() === 'k' && isWithControl) {
        event.preventDefault()
        if (model.isOpen.value) model.close()
        else onOpen()
      } else if (model.isOpen.value && !isWithControl && isLetter(event) && !isInField(event)) {
        // Whoever types at once is quicker than the focus.
        event.preventDefault()
        model.type(model.text.value + event.key)
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [model, onOpen])
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

const isLetter = ({ key, altKey }: KeyboardEvent) => !altKey && /^.$/u.test(key)
const isInField = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.closest('.palette') !== null

function Search({ model }: { readonly model: PaletteModel }) {
  const { t } = useWords()
  const id = useId()
  const found = model.found.value
  const active = model.active.value
  const idOf = (entry: PaletteEntry) => `${id}-${found.indexOf(entry)}`
  const activeId = active && idOf(active)
  useEffect(() => {
    if (activeId !== undefined) {
      document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
    }
  }, [activeId])
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
          {...(activeId !== undefined && { 'aria-activedescendant': activeId })}
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
      <div class="palette-list" id={id} {...LISTBOX} aria-label={t('palette.title')}>
        {found.map((entry) => (
          <Option
            key={entry.key}
            id={idOf(entry)}
            entry={entry}
            isActive={entry === active}
            model={model}
          />
        ))}
      </div>
      <output class="palette-none">{found.length === 0 && t('palette.none')}</output>
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
    <button
      type="button"
      tabIndex={-1}
      {...optionThat(isActive)}
      id={id}
      class="palette-option"
      onPointerMove={() => model.point(entry.key)}
      onClick={() => model.choose(entry)}
    >
      <Icon name={entry.icon} />
      <span class="palette-words">{entry.label}</span>
      <span class="palette-kind">{entry.kind}</span>
    </button>
  )
}
