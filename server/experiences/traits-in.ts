import type { FormField } from './form-fields.ts'
import type { Values } from './read-form.ts'

type Told = string | number | boolean

/** What a form tells of the person, by the names that the shop gave its fields: traits as texts, attributes typed. */
export function traitsIn(
  form: ReadonlyMap<string, FormField>,
  values: Values,
): Readonly<Record<string, Told>> {
  return Object.fromEntries(
    [...form.values()].flatMap((field): [string, Told][] => {
      const { name, trait, attribute } = field
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      if (value === undefined) return []
      if (attribute !== undefined) return [[attribute, typed(field, value)]]
      return trait === undefined || typeof value !== 'string' ? [] : [[trait, value]]
    }),
  )
}

/** Conditions compare numbers with numbers alone. */
function typed({ options }: FormField, value: string | boolean): Told {
  const isNumber = options !== undefined && options.every((option) => NUMBER.test(option))
  return isNumber && typeof value === 'string' ? Number(value) : value
}

const NUMBER = /^-?\d{1,9}(\.\d{1,6})?$/
