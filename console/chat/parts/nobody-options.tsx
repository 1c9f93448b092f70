import { ChoiceField } from '../../settings/parts/choice-field.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { OptionsProps } from './options-props.ts'
import { TextOption } from './text-options.tsx'

/** What visitors find while nobody can answer. */
export function NobodyOptions(props: OptionsProps) {
  const { t } = useWords()
  const { options, change } = props
  return (
    <>
      <ChoiceField
        legend={t('channel.nobody.legend')}
        name="when-nobody"
        value={options.whenNobody}
        choices={(['form', 'hidden'] as const).map((value) => ({
          value,
          label: t(`channel.nobody.${value}`),
          text: t(`channel.nobody.${value}.text`),
        }))}
        onChange={(whenNobody) => change({ whenNobody })}
      />
      {options.whenNobody === 'form' && (
        <>
          <TextOption {...props} name="offline" rows={3} />
          <TextField
            name="offline-email"
            type="email"
            label={t('channel.offline_email')}
            hint={t('channel.offline_email.hint')}
            maxLength={254}
            value={options.offlineEmail ?? ''}
            onInput={(text) => change({ offlineEmail: text.trim() === '' ? null : text })}
          />
        </>
      )}
    </>
  )
}
