/** The address that the last event came from, before anything is left out of it; an event may be anything yet. */
export function pageUrlOf(events: readonly unknown[]): string {
  const page = fieldOf(events.at(-1), 'page')
  const url = fieldOf(page, 'url')
  return typeof url === 'string' ? url : ''
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
