export interface Choice {
  readonly value: string
  readonly label: string
}

/** All currencies that the browser knows, by their code, with `present` among them in any case. */
export function currencyChoices(language: string, present: string): readonly Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'currency', fallback: 'none' })
  return withPresent(Intl.supportedValuesOf('currency'), present).map((value) => {
    const name = names.of(value)
    return { value, label: name === undefined ? value : `${value} · ${name}` }
  })
}

/** The server may know one that this browser does not: it must not be lost by saving. */
export function withPresent(known: readonly string[], present: string): readonly string[] {
  return [...new Set([...known, present])].toSorted()
}
