import type { Route, RouteDescription, RouteExample } from './description.ts'

/** The path of an example with its query; `$NAME` stays as it is. */
export function pathOf({ path }: Route, { params = {}, query = {} }: RouteExample): string {
  const filled = path.replaceAll(/:(\w+)/g, (whole, name: string) => encoded(params[name] ?? whole))
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`)
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`
}

/** The body as it is sent. */
export function bodyText({ body, example }: RouteDescription): string {
  if (body !== undefined && 'type' in body) return String(example.body)
  return JSON.stringify(example.body, null, 2)
}

function encoded(value: string): string {
  return value.startsWith('$') ? value : encodeURIComponent(value)
}
