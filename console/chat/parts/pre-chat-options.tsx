import type { PreChatField } from '#protocol/chat-channels.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../words.ts'
import {
  FIELD_KINDS,
  FIELD_TYPES,
  labelIn,
  MAX_FIELDS,
  newField,
  shownLabel,
  withLabel,
} from '../pre-chat-fields.ts'
import { replacedAt, withoutAt } from '../week-hours.ts'
import type { OptionsProps } from './options-props.ts'
import { TextOption } from './text-options.tsx'

/** What visitors are asked before they write. */
export function PreChatOptions(props: OptionsProps) {
  const { t } = useWords()
  const { options, change, language, languages } = props
  const { preChat } = options
  const { fields } = preChat
  const set = (changed: Partial<typeof preChat>) => change({ preChat: { ...preChat, ...changed } })

  return (
    <>
      <CheckField
        name="pre-chat"
        label={t('pre_chat.on')}
        hint={t('pre_chat.on.hint')}
        isChecked={preChat.isOn}
        onChange={(isOn) => set({ isOn })}
      />
      {preChat.isOn && (
        <>
          <TextOption {...props} name="preChat" rows={2} />
          {fields.length > 0 && (
            <ol class="pre-chat-fields">
              {fields.map((field, at) => (
                <li key={field.key}>
                  <FieldOptions
                    field={field}
                    at={at}
                    language={language}
                    languages={languages}
                    isFirst={at === 0}
                    isLast={at === fields.length - 1}
                    onChange={(next) => set({ fields: replacedAt(fields, at, next) })}
                    onMove={(steps) => set({ fields: moved(fields, at, steps) })}
                    onRemove={() => set({ fields: withoutAt(fields, at) })}
                  />
                </li>
              ))}
            </ol>
          )}
          {fields.length < MAX_FIELDS && (
            <span>
              <Menu
                label={
                  <>
                    <Icon name="plus" />
                    {t('pre_chat.add')}
                  </>
                }
                placement="bottom-start"
                items={FIELD_KINDS.map((kind) => ({
                  key: kind,
                  label: t(`pre_chat.kind.${kind}`),
                  onSelect: () => {
                    const label = t(`pre_chat.label.${kind}`)
                    set({ fields: [...fields, newField(kind, fields, { language, label })] })
                  },
                }))}
              />
            </span>
          )}
          <CheckField
            name="asks-consent"
            label={t('pre_chat.consent')}
            hint={t('pre_chat.consent.hint')}
            isChecked={preChat.asksConsent}
            onChange={(asksConsent) => set({ asksConsent })}
          />
          {preChat.asksConsent && <TextOption {...props} name="consent" rows={2} />}
        </>
      )}
    </>
  )
}

interface FieldOptionsProps {
  readonly field: PreChatField
  readonly at: number
  readonly language: string
  readonly languages: readonly string[]
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onChange: (field: PreChatField) => void
  readonly onMove: (steps: 1 | -1) => void
  readonly onRemove: () => void
}

function FieldOptions(props: FieldOptionsProps) {
  const { t } = useWords()
  const { field, at, language, languages, isFirst, isLast, onChange, onMove, onRemove } = props
  const { key, type, isRequired, choices } = field
  const n = at + 1
  const label = shownLabel(field, [language, ...languages])
  return (
    <fieldset class="pre-chat-field">
      <legend class="visually-hidden">{t('pre_chat.field', { n, label })}</legend>
      <div class="pre-chat-field-main">
        <TextField
          name={`${key}-label`}
          label={t('pre_chat.field.label')}
          maxLength={120}
          placeholder={label}
          value={labelIn(field, language)}
          onInput={(text) => onChange(withLabel(field, language, text))}
          isRequired
        />
        <SelectField
          name={`${key}-type`}
          label={t('pre_chat.field.type')}
          isRequired
          value={type}
          options={FIELD_TYPES.map((value) => ({ value, label: t(`pre_chat.type.${value}`) }))}
          onChange={(value) => {
            const next = FIELD_TYPES.find((one) => one === value) ?? type
            onChange({ ...field, type: next })
          }}
        />
      </div>
      {type === 'choice' && (
        <TextField
          name={`${key}-choices`}
          label={t('pre_chat.field.choices')}
          hint={t('pre_chat.field.choices.hint')}
          rows={3}
          value={choices.join('\n')}
          onInput={(text) => onChange({ ...field, choices: text.split('\n').slice(0, 20) })}
          isRequired
        />
      )}
      <div class="pre-chat-field-end">
        <CheckField
          name={`${key}-required`}
          label={t('pre_chat.field.required')}
          isChecked={isRequired}
          onChange={(next) => onChange({ ...field, isRequired: next })}
        />
        <span class="pre-chat-field-actions">
          <Button isDisabled={isFirst} kind="quiet" onClick={() => onMove(-1)}>
            {t('pre_chat.field.up')}
          </Button>
          <Button isDisabled={isLast} kind="quiet" onClick={() => onMove(1)}>
            {t('pre_chat.field.down')}
          </Button>
          <Button
            kind="quiet"
            icon="trash"
            name={t('pre_chat.field.remove', { label })}
            onClick={onRemove}
          />
        </span>
      </div>
    </fieldset>
  )
}

function moved<Item>(items: readonly Item[], at: number, steps: 1 | -1): Item[] {
  const next = [...items]
  const [item] = next.splice(at, 1)
  if (item !== undefined) next.splice(at + steps, 0, item)
  return next
}
