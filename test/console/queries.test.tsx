// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/preact-query'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { OwnAccount, OwnShop } from '#protocol/account.ts'
import { SHOP_HEADER } from '#protocol/names.ts'
import { change, nameShop } from '#console/api.ts'
import { GateContext, type Gate } from '#console/gate.ts'
import {
  createQueryClient,
  readRefusedAgain,
  useChanging,
  useReading,
  type Changing,
} from '#console/queries.ts'
import { SessionContext, sessionOf } from '#console/session.ts'

const KEYS = '/api/v1/keys'

interface Asked {
  readonly method: string
  readonly path: string
  readonly shop: string | null
}

let asked: Asked[]
let told: string[]
let answers: { status: number; body: unknown }[]
let changing: Changing<object, undefined>
let gate: Gate

beforeEach(() => {
  asked = []
  told = []
  answers = []
  gate = {
    signedOut: () => void told.push('signed out'),
    signInAgain: () => Promise.resolve(told.push('asked again') > 0),
    renewAccount: () => Promise.resolve(void told.push('account renewed')),
    missed: () => void told.push('missed'),
    lost: () => void told.push('lost'),
  }
  vi.stubGlobal('fetch', (path: string, { method = 'GET', headers }: RequestInit) => {
    asked.push({ method, path, shop: new Headers(headers).get(SHOP_HEADER) })
    const { status, body } = answers.shift() ?? { status: 200, body: {} }
    return Promise.resolve(new Response(JSON.stringify(body), { status }))
  })
})
afterEach(() => {
  render(null, document.body)
  vi.unstubAllGlobals()
})

function refusal(status: number, code: string) {
  return { status, body: { error: { code, message: code } } }
}

function Keys({ give }: { readonly give: (given: typeof changing) => void }) {
  const { value, refused, isLoading } = useReading<{ name: string }>(`${KEYS}?limit=1`)
  const renaming = useChanging(() => change('PUT', `${KEYS}/1`, {}), { renews: [KEYS] })
  useEffect(() => give(renaming))
  return <p>{isLoading ? 'loading' : (value?.name ?? refused?.refusal)}</p>
}

function show(shopKey = 'shop-a', client = createQueryClient()): void {
  nameShop(shopKey)
  const shop = { key: shopKey, permissions: {} } as OwnShop
  const session = sessionOf({ shops: [shop] } as unknown as OwnAccount, shop)
  render(
    <QueryClientProvider client={client}>
      <GateContext.Provider value={gate}>
        <SessionContext.Provider value={session}>
          <Keys give={(given) => (changing = given)} />
        </SessionContext.Provider>
      </GateContext.Provider>
    </QueryClientProvider>,
    document.body,
  )
}

const isShown = (text: string) => expect.poll(() => document.body.textContent).toBe(text)

it('reads for the shop that is looked at, and shows what came', async () => {
  answers.push({ status: 200, body: { name: 'Warehouse' } })

  show()
  await isShown('Warehouse')

  expect(asked).toEqual([{ method: 'GET', path: `${KEYS}?limit=1`, shop: 'shop-a' }])
})

it('reads again what a change has made old, before the change is said to be done', async () => {
  answers.push({ status: 200, body: { name: 'Old' } }, { status: 200, body: {} })
  answers.push({ status: 200, body: { name: 'New' } })
  show()
  await isShown('Old')

  await changing.run({})

  expect(asked.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET'])
  await isShown('New')
})

it('says why it could not be read', async () => {
  answers.push(refusal(403, 'forbidden'))
  show()

  await isShown('forbidden')
  expect(told).toEqual([])
})

it('asks for the password where the change needs it, then does it', async () => {
  answers.push({ status: 200, body: { name: 'Old' } }, refusal(401, 'sign_in_again'))
  show()
  await isShown('Old')

  const reply = await changing.run({})

  expect(reply.refusal).toBeUndefined()
  expect(told).toEqual(['asked again'])
  expect(asked.filter(({ method }) => method === 'PUT')).toHaveLength(2)
})

it('changes nothing more where the password is not given', async () => {
  answers.push({ status: 200, body: { name: 'Old' } }, refusal(401, 'sign_in_again'))
  gate = { ...gate, signInAgain: () => Promise.resolve(false) }
  show()
  await isShown('Old')

  const reply = await changing.run({})

  expect(reply.refusal).toBe('sign_in_again')
  expect(asked.filter(({ method }) => method === 'PUT')).toHaveLength(1)
})

it('tells of a session that has ended', async () => {
  answers.push(refusal(401, 'sign_in'))
  show()

  await isShown('sign_in')
  expect(told).toEqual(['signed out'])
})

it('changes its own shop, and reads it again, after another was switched to', async () => {
  answers.push({ status: 200, body: { name: 'Old' } }, refusal(401, 'sign_in_again'))
  show()
  await isShown('Old')
  nameShop('shop-b')

  await changing.run({})

  expect(asked.map(({ method }) => method)).toEqual(['GET', 'PUT', 'PUT', 'GET'])
  expect(new Set(asked.map(({ shop }) => shop))).toEqual(new Set(['shop-a']))
})

it('keeps nothing of another shop under the name of the one that was left', async () => {
  answers.push(refusal(500, 'internal'))
  const client = createQueryClient()
  show('shop-a', client)
  await isShown('internal')
  render(null, document.body)
  nameShop('shop-b')

  await readRefusedAgain(client)

  expect(asked.map(({ shop }) => shop)).toEqual(['shop-a', 'shop-a'])
})
