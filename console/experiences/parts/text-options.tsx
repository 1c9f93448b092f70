import type { BlockOf } from '#protocol/popup.ts'
import { CheckField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { OptionsProps } from './options-props.ts'
import { LocalField } from './local-field.tsx'

export function HeadingOptions(props: OptionsProps<BlockOf<'heading'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  return (
    <LocalField
      name="text"
      label={t('block.text_field')}
      hint={t('block.variables')}
      value={block.text}
      language={language}
      fault={faults['text']}
      isFirst
      onChange={(text) => onChange({ ...block, text }, 'text')}
    />
  )
}

export function TextOptions(props: OptionsProps<BlockOf<'text'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  return (
    <>
      <LocalField
        name="text"
        label={t('block.text_field')}
        hint={t('block.variables')}
        value={block.text}
        language={language}
        fault={faults['text']}
        rows={4}
        isFirst
        onChange={(text) => onChange({ ...block, text }, 'text')}
      />
      <CheckField
        name="isSmall"
        label={t('block.is_small')}
        isChecked={block.isSmall === true}
        onChange={(isSmall) => onChange({ ...block, isSmall })}
      />
    </>
  )
}
