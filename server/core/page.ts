/** Which part of a list was asked for. */
export interface Page {
  readonly limit: number
  /** The `nextCursor` of the answer before. */
  readonly cursor?: string | undefined
}
