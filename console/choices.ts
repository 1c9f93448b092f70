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

/** All time zones that the browser knows, each with its distance from UTC at `at`. */
export function timeZoneChoices(language: string, present: string, at: number): readonly Choice[] {
  return withPresent(['UTC', ...Intl.supportedValuesOf('timeZone')], present).map((value) => {
    const distance = distanceOf(value, language, at)
    const name = value.replaceAll('_', ' ')
    return { value, label: distance === undefined ? name : `${name} · ${distance}` }
  })
}

/** `GMT-5`; undefined where the browser does not know the zone. */
function distanceOf(timeZone: string, language: string, at: number): string | undefined {
  try {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'shortOffset' })
    return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value
  } catch {
    return undefined
  }
}

/** The server may know one that this browser does not: it must not be lost by saving. */
function withPresent(known: readonly string[], present: string): readonly string[] {
  return [...new Set([...known, present])].toSorted()
}
