import type { Leaf } from '#protocol/leaf.ts'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import { minorUnitsOf } from '../money.ts'
import { unitWords } from '../slot-words.ts'
import type { OptionalSlot, ReferenceSlot, Slot } from '../slots.ts'
import { ItemsControl, PropertiesControl } from './filter-controls.tsx'
import { InlineNumber } from './inline-number.tsx'
import { InlineSelect } from './inline-select.tsx'
import { InlineText } from './inline-text.tsx'
import { ManyControl } from './many-control.tsx'
import { MoneyControl } from './money-control.tsx'
import { NamesControl } from './names-control.tsx'
import { NumberControl } from './number-control.tsx'
import { TextControl } from './text-control.tsx'
import { TimeControl } from './time-control.tsx'
import { ValueControl } from './value-control.tsx'
import { WhenControl } from './when-control.tsx'

interface SlotControlProps {
  readonly slot: Slot
  /** Whose it is. */
  readonly leaf: Leaf
  readonly onChange: (leaf: Leaf) => void
}

const MAX_NAME_CHARS = 200

/** What fills one place of a leaf's sentence. */
export function SlotControl({ slot, leaf, onChange }: SlotControlProps) {
  const words = useWords()
  const { t } = words
  const { suggestions, about } = useBuilder()
  switch (slot.type) {
    case 'choice':
      return (
        <InlineSelect
          label={t('slot.which')}
          value={slot.value}
          options={Object.entries(slot.options)
            .filter(([value]) => about === 'visit' || value !== 'session' || value === slot.value)
            .map(([value, text]) => ({ value, label: t(text) }))}
          onChange={(value) => onChange(slot.write(value))}
        />
      )
    case 'many':
      return <ManyControl slot={slot} onChange={onChange} />
    case 'number':
      return (
        <NumberControl
          value={slot.value}
          isClaim={slot.isClaim}
          unit={unitWords(slot.value, slot.unit, words)}
          onChange={(value) => onChange(slot.write(value))}
        />
      )
    case 'money':
      return (
        <MoneyControl
          value={slot.value}
          isClaim={slot.isClaim}
          factor={minorUnitsOf(slot.value.currency)}
          onChange={(value) => onChange(slot.write(value))}
        />
      )
    case 'plainNumber':
      return (
        <>
          <InlineNumber
            label={t('slot.number')}
            value={slot.value}
            least={slot.least}
            most={slot.most}
            isWhole={slot.unit === 'places'}
            onChange={(value) => onChange(slot.write(value))}
          />
          {slot.unit === 'percent' && <span>%</span>}
        </>
      )
    case 'text':
      return (
        <TextControl
          value={slot.value}
          suggested={slot.suggested}
          onChange={(value) => onChange(slot.write(value))}
        />
      )
    case 'value':
      return (
        <ValueControl
          value={slot.value}
          isText={slot.isText === true}
          suggested={slot.suggested}
          onChange={(value) => onChange(slot.write(value))}
        />
      )
    case 'time':
      return <TimeControl value={slot.value} onChange={(value) => onChange(slot.write(value))} />
    case 'when':
      return <WhenControl slot={slot} onChange={(value) => onChange(slot.write(value))} />
    case 'items':
      return <ItemsControl value={slot.value} onChange={(value) => onChange(slot.write(value))} />
    case 'properties':
      return (
        <PropertiesControl
          value={slot.value}
          event={'name' in leaf ? leaf.name : ''}
          onChange={(value) => onChange(slot.write(value))}
        />
      )
    case 'name':
      return (
        <InlineText
          label={t('slot.name')}
          value={slot.value}
          suggestions={suggestions.of(slot.suggested)}
          maxLength={MAX_NAME_CHARS}
          onInput={(value) => onChange(slot.write(value))}
        />
      )
    case 'names':
      return <NamesControl values={slot.value} onChange={(value) => onChange(slot.write(value))} />
    case 'reference':
      return <ReferenceControl slot={slot} onChange={onChange} />
    case 'wall':
      return (
        <input
          class="token"
          type={slot.kind === 'date' ? 'datetime-local' : 'time'}
          aria-label={t('slot.time')}
          value={slot.value}
          onInput={({ currentTarget }) => onChange(slot.write(currentTarget.value))}
        />
      )
    case 'optional':
      return <OptionalControl slot={slot} leaf={leaf} onChange={onChange} />
  }
}

function ReferenceControl(props: {
  readonly slot: ReferenceSlot
  readonly onChange: (leaf: Leaf) => void
}) {
  const { slot, onChange } = props
  const { t, language } = useWords()
  const { names } = useBuilder()
  const options = [...names[slot.to]]
    .map(([value, label]) => ({ value, label }))
    .toSorted((one, other) => one.label.localeCompare(other.label, language))
  return (
    <InlineSelect
      label={t(`slot.${slot.to}`)}
      value={slot.value}
      options={options}
      prompt={t('slot.choose')}
      onChange={(value) => onChange(slot.write(value))}
    />
  )
}

function OptionalControl(props: {
  readonly slot: OptionalSlot
  readonly leaf: Leaf
  readonly onChange: (leaf: Leaf) => void
}) {
  const { slot, leaf, onChange } = props
  const { inner, remove } = slot
  const { t } = useWords()
  if (inner === undefined) {
    return (
      <button type="button" class="token-more" onClick={() => onChange(slot.add())}>
        <Icon name="plus" />
        {t(slot.lead)}
      </button>
    )
  }
  return (
    <span class="token-filter">
      <span>{t(slot.lead)}</span>
      <SlotControl slot={inner} leaf={leaf} onChange={onChange} />
      {remove !== undefined && (
        <button
          type="button"
          class="token-less"
          aria-label={t('slot.remove_filter')}
          title={t('slot.remove_filter')}
          onClick={() => onChange(remove())}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  )
}
