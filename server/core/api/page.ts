import { html, type Html } from './html.ts'
import type { OpenApi } from './openapi.ts'
import { operationHtml } from './page-operation.ts'
import { schemaHtml } from './page-schema.ts'

const GUIDES = [
  'tag',
  'identity',
  'audiences',
  'experiences',
  'chat-rules',
  'retention',
  'compatible',
]

interface ApiPageGiven {
  /** That examples are shown with. */
  readonly publicKey: string
}

/** The API's document for people: one page that needs no script, only finds faster with it. */
export function apiPage(document: OpenApi, { publicKey }: ApiPageGiven): string {
  const { info, servers, components } = document
  const topics = topicsOf(document)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>API · ${info.title}</title>
        <link rel="stylesheet" href="/docs/api.css" />
        <script src="/docs/api.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>
          <p class="brand"><a href="/docs">${info.title}</a> <small>API ${info.version}</small></p>
          <form role="search" hidden>
            <label for="find">Find a route</label>
            <input
              id="find"
              type="search"
              autocomplete="off"
              placeholder="audiences, POST, scope …"
            />
          </form>
          <nav aria-label="Guides">
            ${GUIDES.map((name) => html`<a href="/docs/${name}">${name}</a> `)}<a
              href="/openapi.json"
              >openapi.json</a
            >
          </nav>
        </header>
        <div class="columns">
          <nav class="contents" aria-label="Routes">
            ${topics.map(
              ({ name, routes }) =>
                html`<h2>${name}</h2>
                  <ul>
                    ${routes.map(
                      ({ id, method, summary }) =>
                        html`<li data-of="${id}">
                          <a href="#${id}"
                            ><span class="method" data-method="${method}"
                              >${method.toUpperCase()}</span
                            >
                            ${summary}</a
                          >
                        </li>`,
                    )}
                  </ul>`,
            )}
            <h2><a href="#schemas">Shapes</a></h2>
          </nav>
          <main id="main" tabindex="-1">
            <h1>API</h1>
            <p>${info.description}</p>
            <p>The examples run as they are, one after the other, in a shell that knows:</p>
            <pre tabindex="0"><code>export GP_URL=${servers[0]?.url ?? ''}
export GP_PUBLIC_KEY=${publicKey}
export GP_KEY=sec_… # npm run key -- --scope …
export GP_COOKIE=gp_console=… # of a browser signed in at the console, where no key opens a route</code></pre>
            <p id="nothing" role="status" hidden>Nothing is called so.</p>
            ${topics.map(
              ({ name, routes }) =>
                html`<div class="topic">
                  <h2>${name}</h2>
                  ${routes.map(({ shown }) => shown)}
                </div>`,
            )}
            <div class="topic">
              <h2 id="schemas">Shapes</h2>
              ${Object.entries(components.schemas).map(
                ([name, schema]) =>
                  html`<section id="schema-${name}">
                    <h3><a href="#schema-${name}">${name}</a></h3>
                    ${schemaHtml(schema)}
                  </section>`,
              )}
            </div>
          </main>
        </div>
      </body>
    </html> `
  return page.markup
}

interface Topic {
  readonly name: string
  readonly routes: readonly {
    readonly id: string
    readonly method: string
    readonly summary: string
    readonly shown: Html
  }[]
}

function topicsOf({ paths, tags }: OpenApi): Topic[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return tags.map(({ name }) => ({
    name,
    routes: all
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ path, method, operation }) => ({
        id: operation.operationId,
        method,
        summary: operation.summary,
        shown: operationHtml(path, method, operation),
      })),
  }))
}
