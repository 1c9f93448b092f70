import { useMemo } from 'preact/hooks'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { currencyChoices } from '../../choices.ts'
import { timeZoneOptions } from '../../time-zones.ts'

export interface ShopBasics {
  readonly name: string
  readonly currency: string
  readonly timeZone: string
}

interface ShopFieldsProps {
  readonly basics: ShopBasics
  readonly onChange: (basics: ShopBasics) => void
  readonly nameFault: string | undefined
}

/** What every shop has from its first day. */
export function ShopFields({ basics, onChange, nameFault }: ShopFieldsProps) {
  const { t, language } = useWords()
  const { currency: ownCurrency, timeZone: ownZone } = basics
  const currencies = useMemo(() => currencyChoices(language, ownCurrency), [language, ownCurrency])
  const zones = useMemo(() => timeZoneOptions(language, ownZone, Date.now()), [language, ownZone])
  return (
    <>
      <TextField
        name="name"
        label={t('first_run.shop.name')}
        value={basics.name}
        onInput={(name) => onChange({ ...basics, name })}
        fault={nameFault}
        maxLength={200}
        autocomplete="organization"
        isRequired
      />
      <SelectField
        name="currency"
        label={t('first_run.shop.currency')}
        hint={t('first_run.shop.currency.hint')}
        value={basics.currency}
        options={currencies}
        onChange={(currency) => onChange({ ...basics, currency })}
        isRequired
      />
      <SelectField
        name="timeZone"
        label={t('first_run.shop.zone')}
        hint={t('first_run.shop.zone.hint')}
        value={basics.timeZone}
        options={zones}
        onChange={(timeZone) => onChange({ ...basics, timeZone })}
        isRequired
      />
    </>
  )
}
