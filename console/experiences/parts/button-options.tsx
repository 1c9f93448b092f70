import { PURPOSES, type Purpose } from '#protocol/names.ts'
import type { BlockOf, ButtonAction } from '#protocol/popup.ts'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { OptionsProps } from './options-props.ts'
import { LocalField } from './local-field.tsx'

const ACTIONS = ['link', 'close', 'submit', 'consent'] as const
const LOOKS = ['primary', 'secondary', 'quiet'] as const

export function ButtonOptions(props: OptionsProps<BlockOf<'button'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  const { action, look } = block

  function act(to: string): void {
    const chosen = ACTIONS.find((one) => one === to)
    if (chosen !== undefined) onChange({ ...block, action: newAction(chosen) })
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
      {action.do === 'consent' && (
        <Allows
          allowed={action.allows}
          onChange={(allows) => onChange({ ...block, action: { ...action, allows } })}
        />
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

function newAction(to: ButtonAction['do']): ButtonAction {
  if (to === 'link') return { do: to, url: '/' }
  return to === 'consent' ? { do: to, allows: [...PURPOSES] } : { do: to }
}

interface AllowsProps {
  readonly allowed: readonly Purpose[]
  readonly onChange: (allowed: Purpose[]) => void
}

/** Of a button that asks for consent; with none of them it refuses. */
function Allows({ allowed, onChange }: AllowsProps) {
  const { t } = useWords()
  return (
    <fieldset class="editor-choices">
      <legend>{t('block.allows')}</legend>
      {PURPOSES.map((purpose) => (
        <CheckField
          key={purpose}
          name={`allows-${purpose}`}
          label={t(`people.purpose.${purpose}`)}
          isChecked={allowed.includes(purpose)}
          onChange={(isAllowed) =>
            onChange(
              PURPOSES.filter((one) => (one === purpose ? isAllowed : allowed.includes(one))),
            )
          }
        />
      ))}
      <p class="editor-hint">{t('block.allows.hint')}</p>
    </fieldset>
  )
}
