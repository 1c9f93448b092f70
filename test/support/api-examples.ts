import { setTimeout } from 'node:timers/promises'
import { demoExperiences } from '#server/experiences/demo.ts'
import { curlOf } from '#server/core/api/curl.ts'
import { describedRoutes, type Described } from '#server/core/api/openapi.ts'
import { SCOPES } from '#server/account/service.ts'
import { failSomeWork } from './failed-work.ts'
import type { NewInvitation } from '#protocol/account.ts'
import { setUpOwner, tokenIn } from './console-client.ts'
import type { TestServer } from './server.ts'

export type Values = ReadonlyMap<string, string>

/** A request as the shell would send it. */
export interface ExampleRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export interface ExampleRun {
  readonly route: Described
  readonly status: number
  readonly text: string
}

/** The demo shop as a first start makes it, with work that failed, and what examples need to know of it. */
export async function demoValues(server: TestServer): Promise<Map<string, string>> {
  const key = await server.account.createSecretKey(server.shop.id, SCOPES)
  for (const draft of demoExperiences()) {
    const reply = await fetch(`${server.url}/api/v1/experiences`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(draft),
    })
    if (reply.status !== 201) throw new Error(await reply.text())
  }
  await failSomeWork(server, key)
  // As in the examples of people's own accounts: an owner, and somebody who is invited.
  const owner = await setUpOwner(server)
  const { link } = await owner.told<NewInvitation>('POST', '/invitations', {
    email: 'luis@shop.example',
    roles: ['operator'],
  })
  return new Map([
    ['GP_URL', server.url],
    ['GP_KEY', key],
    ['GP_PUBLIC_KEY', server.key],
    ['GP_COOKIE', owner.cookie ?? ''],
    ['ACCOUNT_LINK_TOKEN', tokenIn(link)],
    ['LINK_TOKEN', await server.account.createOneTimeLink(server.shop.id)],
  ])
}

/** Those whose examples can be run, as a person alone could run the others. */
export function runnable(routes: readonly Described[]): Described[] {
  return routes.filter(({ description }) => description.example.isShownOnly !== true)
}

/** Those whose names others give come after them, and what removes comes last. */
export function inOrder(routes: readonly Described[], known: Iterable<string>): Described[] {
  const names = new Set(known)
  const waiting = [
    ...routes.filter(({ method }) => method !== 'DELETE'),
    ...routes.filter(({ method }) => method === 'DELETE'),
  ]
  const ordered: Described[] = []
  while (waiting.length > 0) {
    const at = waiting.findIndex((route) => namesOf(route).every((name) => names.has(name)))
    const [next] = waiting.splice(at, at < 0 ? 0 : 1)
    if (next === undefined) {
      throw new Error(`Nobody gives what they need: ${waiting.map(({ path }) => path).join(', ')}`)
    }
    for (const name of Object.keys(next.description.example.gives ?? {})) names.add(name)
    ordered.push(next)
  }
  return ordered
}

/** Runs the examples of the document; `values` is filled with what they give. */
export async function runExamples(
  server: TestServer,
  values: Map<string, string>,
  routes: readonly Described[] = inOrder(runnable(describedRoutes(server.routes)), values.keys()),
): Promise<ExampleRun[]> {
  const runs: ExampleRun[] = []
  for (const route of routes) {
    const { status, text } = await answered(requestOf(route, values))
    runs.push({ route, status, text })
    for (const [name, place] of Object.entries(route.description.example.gives ?? {})) {
      values.set(name, String(valueAt(JSON.parse(text), place)))
    }
  }
  return runs
}

/** What one example begins another may have to wait for: an import is undone once its file has been read. */
async function answered({ url, body, ...request }: ExampleRequest) {
  for (let tries = 1; ; tries += 1) {
    const reply = await fetch(url, { ...request, body: body ?? null })
    const text = await reply.text()
    if (reply.status !== 409 || tries === MAX_TRIES) return { status: reply.status, text }
    await setTimeout(TRY_EVERY_MS)
  }
}

const MAX_TRIES = 100
const TRY_EVERY_MS = 50

/** Reads the line that the document shows, so that what is shown is what is run. */
export function requestOf(route: Described, values: Values): ExampleRequest {
  const [line = '', ...lines] = curlOf(route, route.description).split(' @- <<BODY\n')
  const words = [...line.replaceAll('\\\n', ' ').matchAll(WORDS)].map((match) => {
    const [whole, single, double] = match
    if (single !== undefined) return single.replaceAll(String.raw`'\''`, "'")
    return double === undefined ? whole : filled(double, values)
  })
  const after = (option: string) =>
    words.flatMap((word, at) => (words[at - 1] === option ? [word] : []))
  const document = lines.join('').replace(/\nBODY$/, '')
  const [body = lines.length === 0 ? undefined : filled(document, values)] = after('--data-binary')
  return {
    method: after('-X')[0] ?? 'GET',
    url: words.find((word) => word.startsWith('http')) ?? '',
    headers: Object.fromEntries(
      after('-H').map((header) => {
        const [name = '', ...value] = header.split(': ')
        return [name.toLowerCase(), value.join(': ')]
      }),
    ),
    body,
  }
}

const WORDS = /'((?:[^']|'\\'')*)'|"([^"]*)"|[^\s'"]+/g

function namesOf(route: Described): string[] {
  return [...curlOf(route, route.description).matchAll(NAMES)].map(([, name = '']) => name)
}

const NAMES = /\$([A-Z][A-Z_]*)/g

function filled(text: string, values: Values): string {
  return text.replaceAll(NAMES, (whole, name: string) => values.get(name) ?? whole)
}

function valueAt(answer: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((value, name) => Reflect.get(Object(value), name), answer)
}
