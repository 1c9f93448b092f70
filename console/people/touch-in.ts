export interface ShownTouch {
  readonly source: string
  readonly medium: string
  readonly campaign: string | undefined
  readonly landing: string | undefined
  readonly referrer: string | undefined
}

/** Where a visit came from, which the API tells as it is kept. */
export function touchIn(touch: Readonly<Record<string, unknown>> | null): ShownTouch | undefined {
  if (touch === null) return undefined
  const text = (name: string) => {
    const value = touch[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    source: text('source') ?? '',
    medium: text('medium') ?? '',
    campaign: text('campaign'),
    landing: text('landing'),
    referrer: text('referrer'),
  }
}
