/** What the composer fills in. */
export const REPLY_VARIABLES = [
  'visitor.name',
  'visitor.email',
  'operator.name',
  'channel.name',
  'shop.name',
] as const
type ReplyVariable = (typeof REPLY_VARIABLES)[number]

const VARIABLE = /\{([a-z]+\.[a-z_]+)\}/g

/** The text with examples in the place of what is known; what is not stays as it was written. */
export function filledIn(
  text: string,
  values: Readonly<Partial<Record<ReplyVariable, string>>>,
): string {
  return text.replaceAll(VARIABLE, (whole, name: string) => {
    const known = REPLY_VARIABLES.find((variable) => variable === name)
    return (known && values[known]) ?? whole
  })
}

/** Written like variables, and none that anybody fills in. */
export function unknownVariables(text: string): readonly string[] {
  const names = [...text.matchAll(VARIABLE)].map(([, name = '']) => name)
  return [...new Set(names.filter((name) => !REPLY_VARIABLES.some((known) => known === name)))]
}
