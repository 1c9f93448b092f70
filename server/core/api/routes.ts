import { API_DOCS_PATH, DOCS_PATH, OPENAPI_PATH } from '#protocol/names.ts'
import { createFile, type ServedFile } from '../files.ts'
import type { Guards } from '../guards.ts'
import type { Call } from '../http.ts'
import { consoleHeaders } from '../headers.ts'
import type { Handler, Router } from '../router.ts'
import { openApiOf } from './openapi.ts'
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
  let making: Promise<Made> | undefined
  async function make(): Promise<Made> {
    const document = openApiOf(router.routes(), { url: publicUrl.origin, version })
    return {
      document: createFile(Buffer.from(JSON.stringify(document)), {
        type: 'application/json; charset=utf-8',
        isImmutable: false,
        // It says nothing that a caller may not know, and tools load it from pages of their own.
        headers: { ...CACHING, 'access-control-allow-origin': '*' },
      }),
      page: createFile(Buffer.from(apiPage(document, { publicKey })), {
        type: 'text/html; charset=utf-8',
        isImmutable: false,
        headers: { ...consoleHeaders(publicUrl), ...CACHING },
      }),
    }
  }

  function serve(which: keyof Made): Handler<{ call: Call }> {
    return async ({ call }) => {
      making ??= make()
      return (await making)[which].answer(call)
    }
  }

  router.get(OPENAPI_PATH, anyone, serve('document'))
  for (const path of [API_DOCS_PATH, DOCS_PATH]) router.get(path, anyone, serve('page'))
}

interface Made {
  readonly document: ServedFile
  readonly page: ServedFile
}

/** Another version may answer at the same address. */
const CACHING = { 'cache-control': 'no-cache' }
