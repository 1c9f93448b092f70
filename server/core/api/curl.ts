import { SHOP_HEADER } from '#protocol/names.ts'
import { bodyText, pathOf } from './example.ts'
import type { Route, RouteBody, RouteDescription } from './description.ts'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

/** The example as a line that can be pasted into a shell, once the variables it names are set. */
export function curlOf(route: Route, description: RouteDescription): string {
  const { method, scope, principal } = route
  const { body, example } = description
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$GP_URL${pathOf(route, example)}"`,
  ]
  const isFromPage = principal === 'key' && example.isFromServer !== true
  if (scope !== undefined && !isFromPage) {
    parts.push(`-H "Authorization: Bearer $GP_KEY"`)
  }
  if (principal === 'console') {
    parts.push('-H "Cookie: $GP_COOKIE"', `-H "${SHOP_HEADER}: $GP_PUBLIC_KEY"`)
    // Nothing that a form could send is taken, not even without a body.
    if (body === undefined && method !== 'GET') parts.push(`-H 'Content-Type: application/json'`)
  }
  // Robots are left out of what pages send, and curl is one.
  if (isFromPage) parts.push(`-H 'User-Agent: ${BROWSER}'`)
  if (body === undefined) return parts.join(' \\\n  ')
  parts.push(`-H 'Content-Type: ${contentTypeOf(isFromPage, body)}'`)
  const text = bodyText(description)
  // A document of the shell's has its variables replaced; a quoted text has not.
  if (text.includes('$'))
    return [...parts, `--data-binary @- <<BODY\n${text}\nBODY`].join(' \\\n  ')
  return [...parts, `--data-binary '${text.replaceAll("'", String.raw`'\''`)}'`].join(' \\\n  ')
}

/** Pages send `text/plain`, so that no preflight happens. */
function contentTypeOf(isFromPage: boolean, body: RouteBody): string {
  if ('type' in body) return body.type
  return isFromPage ? 'text/plain' : 'application/json'
}
