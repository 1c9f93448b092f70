import { bodyText, pathOf } from './example.ts'
import type { Route, RouteDescription } from './description.ts'

/** The example as a line that can be pasted into a shell, once the variables it names are set. */
export function curlOf(route: Route, description: RouteDescription): string {
  const { method, scope, principal } = route
  const { body, example } = description
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$GP_URL${pathOf(route, example)}"`,
  ]
  if (scope !== undefined && principal !== 'key') {
    parts.push(`-H "Authorization: Bearer $GP_KEY"`)
  }
  if (body === undefined) return parts.join(' \\\n  ')
  parts.push(`-H 'Content-Type: ${contentTypeOf(route, body)}'`)
  const text = bodyText(description)
  // A document of the shell's has its variables replaced; a quoted text has not.
  if (text.includes('$'))
    return [...parts, `--data-binary @- <<BODY\n${text}\nBODY`].join(' \\\n  ')
  return [...parts, `--data-binary '${text.replaceAll("'", String.raw`'\''`)}'`].join(' \\\n  ')
}

/** Pages send `text/plain`, so that no preflight happens. */
function contentTypeOf({ principal }: Route, body: NonNullable<RouteDescription['body']>): string {
  if ('type' in body) return body.type
  return principal === 'key' ? 'text/plain' : 'application/json'
}
