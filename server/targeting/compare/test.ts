/** A compiled comparison. */
export interface Test<Value> {
  /** Of a missing value it is false, except for `isNotSet`. */
  readonly holds: (value: Value | undefined, now: number) => boolean
  /** When what holds of the value ends by time alone; only windows do. */
  readonly endsAt?: (value: Value | undefined) => number | undefined
}

export function isSet(value: unknown): boolean {
  return value !== undefined
}

export function isNotSet(value: unknown): boolean {
  return value === undefined
}
