import type { BlockOf } from '#protocol/popup.ts'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { OptionsProps } from './options-props.ts'
import { LocalField } from './local-field.tsx'

const ACTIONS = ['link', 'close', 'submit'] as const
const LOOKS = ['primary', 'secondary', 'quiet'] as const

export function ButtonOptions(props: OptionsProps<BlockOf<'button'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  const { action, look } = block

  function act(to: string): void {
    if (to === 'link') onChange({ ...block, action: { do: 'link', url: '/' } })
    else onChange({ ...block, action: { do: to === 'submit' ? 'submit' : 'close' } })
  }

  return (
    <>
      <LocalField
        name="text"
        label={t('block.text_field')}
        value={block.text}
        language={language}
        fault={faults['text']}
        isFirst
        onChange={(text) => onChange({ ...block, text }, 'text')}
      />
      <SelectField
        name="action"
        label={t('block.action')}
        isRequired
        value={action.do}
        options={ACTIONS.map((value) => ({ value, label: t(`block.action.${value}`) }))}
        onChange={act}
      />
      {action.do === 'link' && (
        <>
          <TextField
            name="url"
            label={t('block.url')}
            hint={t('block.url.hint')}
            value={action.url}
            maxLength={2_048}
            isCode
            isRequired
            fault={faults['url'] && t(`fault.experience.${faults['url']}`)}
            onInput={(url) => onChange({ ...block, action: { ...action, url } }, 'url')}
          />
          <CheckField
            name="inNewTab"
            label={t('block.in_new_tab')}
            isChecked={action.inNewTab === true}
            onChange={(inNewTab) => onChange({ ...block, action: { ...action, inNewTab } })}
          />
        </>
      )}
      <SelectField
        name="look"
        label={t('block.look')}
        isRequired
        value={look}
        options={LOOKS.map((value) => ({ value, label: t(`block.look.${value}`) }))}
        onChange={(value) =>
          onChange({ ...block, look: LOOKS.find((one) => one === value) ?? 'primary' })
        }
      />
    </>
  )
}
