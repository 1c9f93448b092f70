const NO_NAMES = ['', '.', '..']

type Query = Readonly<Record<string, string | undefined>>

/**
 * `/api/v1/keys/:id` with its places filled, and what the query names; what is undefined there is left out. What an address
 * would take for a way up, or for nothing, leaves its place as it is: nothing has such a name, so nothing is found.
 */
export function pathOf(
  path: string,
  places: Readonly<Record<string, string>> = {},
  query: Query = {},
): string {
  const filled = path.replace(/:(\w+)/g, (place: string, name: string) => {
    const value = places[name] ?? ''
    return encodeURIComponent(NO_NAMES.includes(value) ? place : value)
  })
  const wanted = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  )
  return wanted.length === 0 ? filled : `${filled}?${new URLSearchParams(wanted).toString()}`
}
