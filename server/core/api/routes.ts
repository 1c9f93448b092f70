import { API_DOCS_PATH, DOCS_PATH, OPENAPI_PATH } from '#protocol/names.ts'
import type { Guards } from '../guards.ts'
import { consoleHeaders } from '../headers.ts'
import type { Router } from '../router.ts'
import { openApiOf, type OpenApi } from './openapi.ts'
import { apiPage } from './page.ts'

interface ApiDocsDeps {
  readonly anyone: Guards['anyone']
  readonly publicUrl: URL
  readonly version: string
  /** That examples are shown with. */
  readonly publicKey: string
}

/** `/openapi.json`, and `/docs` for people. Of all routes, whether they were added before or after. */
export function addApiDocs(router: Router, deps: ApiDocsDeps): void {
  const { anyone, publicUrl, version, publicKey } = deps
  let made: { readonly document: OpenApi; readonly page: string } | undefined
  function make() {
    if (made !== undefined) return made
    const document = openApiOf(router.routes(), { url: publicUrl.origin, version })
    made = { document, page: apiPage(document, { publicKey }) }
    return made
  }
  const caching = { 'cache-control': 'no-cache' }
  // It says nothing that a caller may not know, and tools load it from pages of their own.
  const headers = { ...caching, 'access-control-allow-origin': '*' }
  router.get(OPENAPI_PATH, anyone, () => ({ json: make().document, headers }))
  const showPage = () => ({
    body: make().page,
    headers: {
      ...consoleHeaders(publicUrl),
      ...caching,
      'content-type': 'text/html; charset=utf-8',
    },
  })
  for (const path of [API_DOCS_PATH, DOCS_PATH]) router.get(path, anyone, showPage)
}
