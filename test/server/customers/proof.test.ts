import { createHmac, generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startCustomers } from '../../support/customers.ts'
import { NOW } from '../../support/ingestion.ts'

const SECOND = Math.floor(NOW / 1000)
const PUBLIC_KEY = `pub_${'a'.repeat(22)}`

eachDatabase('the proof of a user id', (fresh) => {
  let database: FreshDatabase
  let db: Database
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  async function startProving() {
    const test = await startCustomers(db)
    const secret = await test.account.identitySecret(test.shopId)
    const shop = { id: test.shopId, publicKey: PUBLIC_KEY }
    const proves = async (signature: string | undefined, userId = '42', ofShop = shop) =>
      (await test.customers.proofOf(ofShop, { userId, signature })).isProven
    return { ...test, shop, secret, proves }
  }

  const hmac = (secret: string, userId = '42', publicKey = PUBLIC_KEY) =>
    createHmac('sha256', secret).update(`${publicKey}:${userId}`).digest('hex')

  const claims = { sub: '42', aud: PUBLIC_KEY, iat: SECOND, exp: SECOND + 600 }
  const jwt = (
    payload: Record<string, unknown>,
    key: Parameters<SignJWT['sign']>[0],
    alg = 'HS256',
  ) => new SignJWT(payload).setProtectedHeader({ alg }).sign(key)
  const bytes = (secret: string) => new TextEncoder().encode(secret)

  it('is the HMAC of public key and user id, and of nothing else', async () => {
    const { secret, proves } = await startProving()

    expect(await proves(hmac(secret))).toBe(true)
    expect(await proves(hmac(secret).toUpperCase())).toBe(true)
    expect(await proves(hmac(secret, 'ñandú:1'), 'ñandú:1')).toBe(true)
    expect(await proves(undefined)).toBe(false)
    expect(await proves('')).toBe(false)
    expect(await proves(hmac(secret), '43')).toBe(false)
    expect(await proves(hmac(`${secret}x`))).toBe(false)
    expect(await proves(hmac(secret).slice(1))).toBe(false)
    expect(await proves(hmac(secret, '42', `pub_${'b'.repeat(22)}`))).toBe(false)
    expect(await proves(createHmac('sha256', secret).update('42').digest('hex'))).toBe(false)
  })

  it('of one shop is none in another', async () => {
    const [here, there] = [await startProving(), await startProving()]

    expect(await there.proves(hmac(here.secret))).toBe(false)
  })

  it('is nothing while nobody was given a secret', async () => {
    const { customers, shopId } = await startCustomers(db)
    const shop = { id: shopId, publicKey: PUBLIC_KEY }

    const proof = await customers.proofOf(shop, { userId: '42', signature: hmac('') })

    expect(proof).toEqual({ rule: 'open', isProven: false })
  })

  it('may be a JWT for this shop and user id, not yet expired', async () => {
    const { secret, proves, clock } = await startProving()
    const token = await jwt(claims, bytes(secret))

    expect(await proves(token)).toBe(true)
    expect(await proves(await jwt({ ...claims, aud: [PUBLIC_KEY, 'x'] }, bytes(secret)))).toBe(true)
    clock.now += 700_000
    expect(await proves(token)).toBe(false)
  })

  it.each([
    { what: 'another user id', payload: { ...claims, sub: '43' } },
    { what: 'another shop', payload: { ...claims, aud: `pub_${'b'.repeat(22)}` } },
    { what: 'no audience', payload: { ...claims, aud: undefined } },
    { what: 'no end', payload: { ...claims, exp: undefined } },
    { what: 'no beginning', payload: { ...claims, iat: undefined } },
    { what: 'an end long after', payload: { ...claims, iat: SECOND - 7_200, exp: SECOND + 1e9 } },
    { what: 'a beginning in the future', payload: { ...claims, iat: SECOND + 3_600 } },
    { what: 'a later validity', payload: { ...claims, nbf: SECOND + 3_600 } },
  ])('refuses a JWT with $what', async ({ payload }) => {
    const { secret, proves } = await startProving()

    expect(await proves(await jwt(payload, bytes(secret)))).toBe(false)
  })

  it('pins the algorithm, whatever the JWT says of itself', async () => {
    const { secret, proves, account, shopId } = await startProving()
    const own = generateKeyPairSync('ed25519')
    const foreign = generateKeyPairSync('ed25519')
    const pem = own.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const unsigned = new UnsecuredJWT(claims).encode()
    const hs512 = await jwt(claims, bytes(secret), 'HS512')
    const eddsa = await jwt(claims, own.privateKey, 'EdDSA')
    for (const token of [unsigned, hs512, eddsa]) expect(await proves(token)).toBe(false)

    await account.setJwtPublicKey(shopId, pem)

    expect(await proves(eddsa)).toBe(true)
    const hs256 = await jwt(claims, bytes(secret))
    // The public key taken for a secret.
    const confused = await jwt(claims, bytes(pem))
    const forged = await jwt(claims, foreign.privateKey, 'EdDSA')
    for (const token of [unsigned, hs512, hs256, confused, forged]) {
      expect(await proves(token)).toBe(false)
    }
    expect(await proves(hmac(secret))).toBe(true)
    await expect(account.setJwtPublicKey(shopId, 'no key')).rejects.toMatchObject({
      code: 'bad_request',
    })
  })

  it('keeps the former secret until the second rotation', async () => {
    const { account, shopId, secret, proves } = await startProving()

    const second = await account.rotateIdentitySecret(shopId)
    expect(second).not.toBe(secret)
    expect(await proves(hmac(secret))).toBe(true)
    expect(await proves(await jwt(claims, bytes(secret)))).toBe(true)
    expect(await proves(hmac(second))).toBe(true)
    expect(await account.identitySecret(shopId)).toBe(second)

    await account.rotateIdentitySecret(shopId)
    expect(await proves(hmac(secret))).toBe(false)
    expect(await proves(hmac(second))).toBe(true)
  })

  it('says whether the shop requires it', async () => {
    const { account, shopId, shop, customers } = await startProving()

    await account.setIdentityRule(shopId, 'required')

    const proof = await customers.proofOf(shop, { userId: '42', signature: undefined })
    expect(proof).toEqual({ rule: 'required', isProven: false })
  })

  it('takes any signature that is none for what it is', async () => {
    const { proves } = await startProving()
    const hostile = ['a.b.c', '..', '...', 'eyJhbGciOiJub25lIn0..', '\0'.repeat(64), 'é'.repeat(64)]

    for (const signature of hostile) expect(await proves(signature)).toBe(false)
  })
})
