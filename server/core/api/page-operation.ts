import { html, type Html } from './html.ts'
import type { Operation, Parameter } from './openapi.ts'
import { schemaHtml } from './page-schema.ts'

/** One route, with the anchor of its name. */
export function operationHtml(path: string, method: string, operation: Operation): Html {
  const { operationId, summary, description, requestBody, responses } = operation
  const scope = operation['x-scope']
  const permission = operation['x-permission']
  const [sample] = operation['x-codeSamples']
  return html`<section class="route" id="${operationId}">
    <h3><a href="#${operationId}">${summary}</a></h3>
    <p class="address">
      <span class="method" data-method="${method}">${method.toUpperCase()}</span>
      <code>${path}</code>
    </p>
    ${description === undefined ? undefined : html`<p>${description}</p>`}
    ${scope === undefined ? undefined : html`<p>Scope <code>${scope}</code></p>`}
    ${permission === undefined ? undefined : permissionHtml(permission)}
    ${parametersHtml(operation.parameters ?? [])} ${contentHtml('Body', requestBody?.content)}
    <h4>Example</h4>
    <pre tabindex="0"><code>${sample?.source ?? ''}</code></pre>
    ${givesHtml(operation['x-gives'])}
    ${Object.entries(responses).map(([status, { description: what, content }]) =>
      status.startsWith('2')
        ? html`${contentHtml(`Answer ${status}`, content)}`
        : html`<p class="refusal"><code>${status}</code> ${what}</p>`,
    )}
  </section> `
}

function permissionHtml(permission: string): Html {
  if (permission === 'any') return html`<p>With a session at the console; no key opens it.</p>`
  return html`<p>
    With a session at the console, of roles that allow <code>${permission}</code>; no key opens it.
  </p>`
}

function parametersHtml(parameters: readonly Parameter[]): Html | undefined {
  if (parameters.length === 0) return undefined
  return html`<h4>Parameters</h4>
    <ul class="fields">
      ${parameters.map(
        ({ name, description, required, in: place }) =>
          html`<li>
            <code>${name}</code>
            <span class="type">in the ${place}</span
            >${required ? html` <b>required</b>` : undefined} ${description}
          </li>`,
      )}
    </ul>`
}

type Content = Operation['responses'][string]['content']

function contentHtml(title: string, content: Content): Html | undefined {
  if (content === undefined) return title === 'Body' ? undefined : html`<h4>${title}</h4>`
  return html`${Object.entries(content).map(
    ([type, { schema }]) =>
      html`<details>
        <summary>
          <h4>${title}</h4>
          <small>${type}</small>
        </summary>
        ${schemaHtml(schema)}
      </details>`,
  )}`
}

/** What the next examples need of this one's answer. */
function givesHtml(gives: Operation['x-gives']): Html | undefined {
  if (gives === undefined) return undefined
  return html`${Object.entries(gives).map(
    ([name, place]) =>
      html`<p>The answer’s <code>${place}</code> is <code>$${name}</code> in other examples.</p>`,
  )}`
}
