import type { BlockOf } from '#protocol/popup.ts'
import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { textIn } from '../local-texts.ts'
import { majorOf, minorOf } from '../money.ts'
import type { OptionsProps } from './options-props.ts'
import { LocalField } from './local-field.tsx'
import { MomentField } from './moment-field.tsx'
import { NumberField } from './number-field.tsx'

export function CouponOptions(props: OptionsProps<BlockOf<'coupon'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  const { label: _, ...unlabelled } = block
  return (
    <>
      <TextField
        name="code"
        label={t('block.coupon.code')}
        hint={t('block.coupon.code.hint')}
        value={block.code}
        maxLength={60}
        isCode
        isRequired
        isFirst
        fault={faults['code'] && t(`fault.experience.${faults['code']}`)}
        onInput={(code) => onChange({ ...block, code }, 'code')}
      />
      <LocalField
        name="label"
        label={t('block.coupon.label')}
        value={block.label}
        language={language}
        isRequired={false}
        onChange={(label) =>
          onChange(
            label === '' || textIn(label, undefined) === '' ? unlabelled : { ...block, label },
            'label',
          )
        }
      />
    </>
  )
}

export function CountdownOptions(props: OptionsProps<BlockOf<'countdown'>>) {
  const { block, language, faults, timeZone, onChange } = props
  const { t } = useWords()
  return (
    <>
      <MomentField
        name="until"
        label={t('block.countdown.until')}
        hint={t('editor.zone', { zone: timeZone })}
        value={block.until}
        timeZone={timeZone}
        isRequired
        onChange={(until) => {
          if (until !== null) onChange({ ...block, until }, 'until')
        }}
      />
      <LocalField
        name="label"
        label={t('block.countdown.label')}
        value={block.label}
        language={language}
        fault={faults['label']}
        onChange={(label) => onChange({ ...block, label }, 'label')}
      />
      <LocalField
        name="over"
        label={t('block.countdown.over')}
        value={block.over}
        language={language}
        fault={faults['over']}
        onChange={(over) => onChange({ ...block, over }, 'over')}
      />
    </>
  )
}

export function GoalOptions(props: OptionsProps<BlockOf<'goal'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  return (
    <>
      <NumberField
        name="amount"
        label={t('block.goal.amount', { currency: block.currency })}
        value={majorOf(block.amount, block.currency)}
        min={0}
        max={1_000_000_000}
        fault={faults['amount'] && t(`fault.experience.${faults['amount']}`)}
        onChange={(amount) =>
          onChange({ ...block, amount: minorOf(amount, block.currency) }, 'amount')
        }
      />
      <LocalField
        name="left"
        label={t('block.goal.left')}
        hint={t('block.goal.left.hint')}
        value={block.left}
        language={language}
        fault={faults['left']}
        onChange={(left) => onChange({ ...block, left }, 'left')}
      />
      <LocalField
        name="reached"
        label={t('block.goal.reached')}
        value={block.reached}
        language={language}
        fault={faults['reached']}
        onChange={(reached) => onChange({ ...block, reached }, 'reached')}
      />
    </>
  )
}
