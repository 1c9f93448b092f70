import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { Wishes } from '../../experiences/template-draft.ts'

interface WishFieldsProps {
  readonly wishes: Wishes
  readonly faults: readonly (keyof Wishes)[]
  readonly currency: string
  readonly onChange: (wishes: Wishes) => void
}

const NAMES = ['heading', 'code', 'amount', 'link'] as const

/** What a shop must say itself, and no more: the rest can be changed later. */
export function WishFields({ wishes, faults, currency, onChange }: WishFieldsProps) {
  const { t } = useWords()
  return (
    <>
      {NAMES.map((name) => {
        const value = wishes[name]
        if (value === undefined) return null
        return (
          <TextField
            key={name}
            name={name}
            label={t(`first_run.wish.${name}`, { currency })}
            hint={t(`first_run.wish.${name}.hint`)}
            value={value}
            onInput={(typed) => onChange({ ...wishes, [name]: typed })}
            fault={faults.includes(name) ? t(`first_run.wish.${name}.fault`) : undefined}
            type={name === 'amount' ? 'number' : 'text'}
            isCode={name === 'code' || name === 'link'}
            maxLength={name === 'code' ? 60 : 2_000}
            isRequired
          />
        )
      })}
    </>
  )
}
