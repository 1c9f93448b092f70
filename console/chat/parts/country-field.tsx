import { useMemo } from 'preact/hooks'
import { REGION_CODES } from '../../targeting/region-codes.ts'
import { Button } from '../../ui/button.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { useRuleWords, type RuleWords } from '../rule-words.ts'

/** By name, found by typing; the code finds them, too. */
export function useCountryChoices({ country, language }: RuleWords) {
  return useMemo(
    () =>
      REGION_CODES.map((code) => ({ value: code, label: country(code), keywords: code })).toSorted(
        (one, other) => one.label.localeCompare(other.label, language),
      ),
    [country, language],
  )
}

interface CountryFieldProps {
  readonly value: readonly string[]
  readonly onChange: (countries: string[]) => void
}

/** Several countries. */
export function CountryField({ value, onChange }: CountryFieldProps) {
  const words = useRuleWords()
  const { r, country } = words
  const choices = useCountryChoices(words)
  return (
    <div class="rule-countries">
      <PickField
        name="countries"
        label={r('countries')}
        hint={r('countries.hint')}
        value=""
        choices={choices.filter(({ value: code }) => !value.includes(code))}
        onPick={(code) => onChange([...value, code])}
      />
      {value.length > 0 && (
        <ul class="rule-chips" aria-label={r('countries')}>
          {value.map((code) => (
            <li key={code} class="rule-chip">
              {country(code)}
              <Button
                kind="quiet"
                icon="close"
                name={r('countries.remove', { country: country(code) })}
                onClick={() => onChange(value.filter((one) => one !== code))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
