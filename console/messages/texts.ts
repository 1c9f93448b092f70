/** A text, or its two forms, chosen by its `{n}`. */
export type Text = string | readonly [one: string, other: string]
export type Texts = Readonly<Record<string, Text>>

/** The same keys and forms in another language. */
export type Translated<Original extends Texts> = {
  readonly [Key in keyof Original]: Original[Key] extends string
    ? string
    : readonly [one: string, other: string]
}
