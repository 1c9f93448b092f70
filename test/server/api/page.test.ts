import { afterAll, beforeAll, expect, it } from 'vitest'
import { describedRoutes } from '#server/core/api/openapi.ts'
import { html } from '#server/core/api/html.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let reply: Response
let page: string
beforeAll(async () => {
  server = await startServer()
  reply = await fetch(`${server.url}/docs`)
  page = await reply.text()
})
afterAll(() => server.stop())

it('shows every described route under an anchor of its own', () => {
  const names = describedRoutes(server.routes).map(({ description }) => description.name)

  expect(reply.status).toBe(200)
  for (const name of names) expect(page).toContain(`<section class="route" id="${name}">`)
})

it('is served under a policy that lets nothing of others in, and needs no exception', () => {
  const policy = reply.headers.get('content-security-policy') ?? ''

  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|https?:\/\/(?!localhost)/)
  expect(page).not.toMatch(
    /<script(?! src="\/docs\/)|<style| style=| on[a-z]+="|(src|href)="https?:/,
  )
})

it('has the shop’s public key and address in what is to be pasted', () => {
  expect(page).toContain(`export GP_PUBLIC_KEY=${server.key}`)
  expect(page).toContain(`export GP_URL=${server.url}`)
  expect(page).not.toMatch(/sec_[\w-]{10}/)
})

it('is sent again only when it has changed', async () => {
  const headers = { 'if-none-match': reply.headers.get('etag') ?? '' }
  const again = await fetch(`${server.url}/docs`, { headers })

  expect(again.status).toBe(304)
})

it('takes no text for markup', () => {
  expect(html`<p>${`<b>'"&`}${html`<i>${1}</i>`}</p>`.markup).toBe(
    '<p>&lt;b&gt;&#39;&quot;&amp;<i>1</i></p>',
  )
})
