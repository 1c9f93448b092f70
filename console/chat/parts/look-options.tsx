import { useId } from 'preact/hooks'
import { NumberField } from '../../experiences/parts/number-field.tsx'
import { ChoiceField } from '../../settings/parts/choice-field.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { OptionsProps } from './options-props.ts'

const USUAL = '#3457d5'
const MOST_OFFSET = 400
const MOST_Z_INDEX = 2_147_483_647

/** Colours and places of launcher and window. */
export function LookOptions({ options, change }: OptionsProps) {
  const { t } = useWords()
  const { offset } = options
  return (
    <>
      <ColourOption
        label={t('channel.accent')}
        value={options.accent}
        onChange={(accent) => change({ accent })}
      />
      <ColourOption
        label={t('channel.header_colour')}
        value={options.headerColour}
        onChange={(headerColour) => change({ headerColour })}
      />
      <ChoiceField
        legend={t('channel.position')}
        name="position"
        value={options.position}
        choices={(['end', 'start'] as const).map((value) => ({
          value,
          label: t(`channel.position.${value}`),
          text: t(`channel.position.${value}.text`),
        }))}
        onChange={(position) => change({ position })}
      />
      <div class="channel-pair">
        <NumberField
          name="offset-inline"
          label={t('channel.offset.inline')}
          value={offset.inline}
          min={0}
          max={MOST_OFFSET}
          onChange={(inline) => change({ offset: { ...offset, inline: Math.round(inline) } })}
        />
        <NumberField
          name="offset-block"
          label={t('channel.offset.block')}
          value={offset.block}
          min={0}
          max={MOST_OFFSET}
          onChange={(block) => change({ offset: { ...offset, block: Math.round(block) } })}
        />
      </div>
      <NumberField
        name="z-index"
        label={t('channel.z_index')}
        hint={t('channel.z_index.hint')}
        value={options.zIndex}
        min={1}
        max={MOST_Z_INDEX}
        onChange={(zIndex) => change({ zIndex: Math.round(zIndex) })}
      />
      <CheckField
        name="launcher-shown"
        label={t('channel.launcher_shown')}
        hint={t('channel.launcher_shown.hint')}
        isChecked={options.isLauncherShown !== false}
        onChange={(isShown) => change({ isLauncherShown: isShown ? null : false })}
      />
    </>
  )
}

interface ColourOptionProps {
  readonly label: string
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

function ColourOption({ label, value, onChange }: ColourOptionProps) {
  const { t } = useWords()
  const id = useId()
  return (
    <div class="control">
      <label class="control-label" for={id}>
        {label}
      </label>
      <span class="control-line channel-colour">
        <input
          id={id}
          type="color"
          value={value ?? USUAL}
          data-unset={value === null ? '' : undefined}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
        <span>{value ?? t('channel.colour.own')}</span>
        {value !== null && (
          <Button kind="quiet" onClick={() => onChange(null)}>
            {t('channel.colour.reset')}
          </Button>
        )}
      </span>
    </div>
  )
}
