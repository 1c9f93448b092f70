type Query = Readonly<Record<string, string | undefined>>

/** `/api/v1/keys/:id` with its places filled, and what the query names; what is undefined there is left out. */
export function pathOf(
  path: string,
  places: Readonly<Record<string, string>> = {},
  query: Query = {},
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(places[name] ?? ''),
  )
  const wanted = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  )
  return wanted.length === 0 ? filled : `${filled}?${new URLSearchParams(wanted).toString()}`
}
