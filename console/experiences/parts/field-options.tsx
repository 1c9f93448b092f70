import type { BlockOf, Field, FieldTrait } from '#protocol/popup.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { textIn } from '../local-texts.ts'
import type { OptionsProps } from './options-props.ts'
import { LocalField } from './local-field.tsx'

const TYPES = ['email', 'phone', 'text', 'choice', 'checkbox', 'date'] as const
const LOOKS = ['select', 'radios', 'scale'] as const
const TRAITS: readonly FieldTrait[] = ['email', 'phone', 'firstName', 'lastName', 'birthOn']
const MOST_OPTIONS = 20

export function FieldOptions(props: OptionsProps<BlockOf<'field'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  const fault = (name: string) => faults[name] && t(`fault.experience.${faults[name]}`)

  function become(type: Field['type'] | undefined): void {
    const { options, look, ...rest } = block
    if (type === undefined) return
    if (type !== 'choice') return onChange({ ...rest, type })
    const first = t('block.new.option')
    const shown = look === undefined ? {} : { look }
    onChange({ ...rest, ...shown, type, options: options ?? [{ value: first, label: first }] })
  }

  function know(trait: FieldTrait | undefined): void {
    const { trait: _, ...rest } = block
    if (trait === undefined) return onChange(rest)
    const { attribute: _attribute, ...others } = rest
    onChange({ ...others, trait })
  }

  function call(attribute: string): void {
    const { attribute: _, ...rest } = block
    onChange(attribute === '' ? rest : { ...rest, attribute }, 'attribute')
  }

  function hint(value: typeof block.hint): void {
    const { hint: _, ...rest } = block
    const isEmpty = value === undefined || textIn(value, language) === ''
    onChange(isEmpty && typeof value !== 'object' ? rest : { ...block, hint: value }, 'hint')
  }

  return (
    <>
      <LocalField
        name="label"
        label={t('block.field.label')}
        value={block.label}
        language={language}
        fault={faults['label']}
        isFirst
        onChange={(label) => onChange({ ...block, label }, 'label')}
      />
      <SelectField
        name="type"
        label={t('block.field.type')}
        isRequired
        value={block.type}
        options={TYPES.map((value) => ({ value, label: t(`block.field.type.${value}`) }))}
        onChange={(value) => become(TYPES.find((type) => type === value))}
      />
      {block.options !== undefined && (
        <ChoiceOptions
          options={block.options}
          language={language}
          fault={fault('options')}
          onChange={(options, field) => onChange({ ...block, options }, field)}
        />
      )}
      {block.type === 'choice' && (
        <SelectField
          name="look"
          label={t('block.field.look')}
          isRequired
          value={block.look ?? 'select'}
          options={LOOKS.map((value) => ({ value, label: t(`block.field.look.${value}`) }))}
          onChange={(value) =>
            onChange({ ...block, look: LOOKS.find((look) => look === value) ?? 'select' })
          }
        />
      )}
      <CheckField
        name="isRequired"
        label={t('block.field.required')}
        isChecked={block.isRequired}
        onChange={(isRequired) => onChange({ ...block, isRequired })}
      />
      <LocalField
        name="hint"
        label={t('block.field.hint_text')}
        value={block.hint}
        language={language}
        isRequired={false}
        onChange={hint}
      />
      <SelectField
        name="trait"
        label={t('block.field.trait')}
        hint={t('block.field.trait.hint')}
        isRequired
        value={block.trait ?? ''}
        options={[
          { value: '', label: t('block.field.trait.none') },
          ...TRAITS.map((value) => ({ value, label: t(`block.field.trait.${value}`) })),
        ]}
        onChange={(value) => know(TRAITS.find((trait) => trait === value))}
      />
      {block.trait === undefined && (
        <TextField
          name="attribute"
          label={t('block.field.attribute')}
          hint={t('block.field.attribute.hint')}
          value={block.attribute ?? ''}
          maxLength={64}
          isCode
          fault={fault('attribute')}
          onInput={call}
        />
      )}
      <TextField
        name="name"
        label={t('block.field.name')}
        hint={t('block.field.name.hint')}
        value={block.name}
        maxLength={64}
        isCode
        isRequired
        fault={fault('name')}
        onInput={(name) => onChange({ ...block, name }, 'name')}
      />
    </>
  )
}

type Choices = NonNullable<Field['options']>

interface ChoiceOptionsProps {
  readonly options: Choices
  readonly language: string | undefined
  readonly fault: string | undefined
  readonly onChange: (options: Choices, field?: string) => void
}

/** A choice is stored as it was first written, whatever it is called in other languages. */
function ChoiceOptions({ options, language, fault, onChange }: ChoiceOptionsProps) {
  const { t } = useWords()
  const next = t('block.new.option')
  return (
    <fieldset class="editor-choices">
      <legend>{t('block.field.options')}</legend>
      {options.map((option, at) => (
        <div class="editor-choice" key={at}>
          <LocalField
            name={`option-${at}`}
            label={t('block.field.option', { n: at + 1 })}
            value={option.label}
            language={language}
            onChange={(label) => {
              const isOne = typeof label === 'string'
              const changed = { value: isOne ? label.slice(0, 200) : option.value, label }
              onChange(
                options.map((one, place) => (place === at ? changed : one)),
                `option-${at}`,
              )
            }}
          />
          <Button
            kind="quiet"
            icon="close"
            name={t('block.field.option.remove', { n: at + 1 })}
            isDisabled={options.length === 1}
            onClick={() => onChange(options.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      {fault !== undefined && <p class="control-fault">{fault}</p>}
      {options.length < MOST_OPTIONS && (
        <Button
          icon="plus"
          onClick={() =>
            onChange([
              ...options,
              { value: `${next} ${options.length + 1}`, label: `${next} ${options.length + 1}` },
            ])
          }
        >
          {t('block.field.option.add')}
        </Button>
      )}
    </fieldset>
  )
}
