import { describe, expect, it } from 'vitest'
import type { AccountLink } from '#protocol/account.ts'
import type { Refused, Reply } from '#console/api.ts'
import { findShop } from '#console/account/find-shop.ts'
import { createLinkModel } from '#console/account/link-model.ts'
import { createSignInModel } from '#console/account/sign-in-model.ts'

const PASSWORD = 'Llueve sobre Bogotá'
const DONE = { value: undefined }
const refused = (refusal: Refused['refusal'], waitSeconds = 0): Refused => ({
  refusal,
  detail: '',
  waitSeconds,
})
const LINK: AccountLink = { kind: 'setup', shopName: 'Tea', roles: ['owner'], hasAccount: false }

function createTestSignIn(...replies: Reply<undefined>[]) {
  const sent: object[] = []
  const done: string[] = []
  const model = createSignInModel({
    signIn: (input) => {
      sent.push(input)
      return Promise.resolve(replies.shift() ?? DONE)
    },
    askForReset: () => Promise.resolve({ value: {} }),
    onSignedIn: () => void done.push('signed in'),
  })
  return { model, sent, done }
}

async function openLink(link: Reply<AccountLink>, accepted: Reply<undefined> = DONE) {
  const done: string[] = []
  const sent: object[] = []
  const model = createLinkModel({
    token: 'token',
    readLink: () => Promise.resolve(link),
    acceptLink: (input) => {
      sent.push(input)
      return Promise.resolve(accepted)
    },
    readAccount: () => Promise.resolve(refused('sign_in')),
    onSignedIn: () => void done.push('signed in'),
  })
  await model.open()
  return { model, done, sent }
}

describe('signing in', () => {
  it('asks for a code only when the account has a second step, and sends all three', async () => {
    const { model, sent, done } = createTestSignIn(
      refused('second_factor'),
      refused('second_factor'),
    )

    await model.signIn(' ana@shop.example ', PASSWORD)
    expect(model.step.value).toBe('code')
    expect(model.fault.value).toBeUndefined()
    await model.sendCode('000000')
    expect(model.fault.value).toEqual({ field: 'code', message: 'fault.code' })
    await model.sendCode('123456')

    expect(sent.at(-1)).toEqual({ email: 'ana@shop.example', password: PASSWORD, code: '123456' })
    expect(done).toEqual(['signed in'])
  })

  it.each([
    { refusal: refused('too_many_requests', 42), message: 'fault.wait_seconds', n: 42 },
    { refusal: refused('too_many_requests', 301), message: 'fault.wait_minutes', n: 6 },
    { refusal: refused('offline'), message: 'fault.offline' },
  ])('says $message', async ({ refusal, ...fault }) => {
    const { model, done } = createTestSignIn(refusal)

    await model.signIn('ana@shop.example', PASSWORD)

    expect(model.fault.value).toEqual(fault)
    expect(done).toEqual([])
  })

  it.each([
    ['ana', PASSWORD, 'email'],
    ['ana@shop.example', '', 'password'],
  ])('sends nothing that can’t be right: %s, “%s”', async (email, password, field) => {
    const { model, sent } = createTestSignIn()

    await model.signIn(email, password)

    expect(sent).toEqual([])
    expect(model.fault.value?.field).toBe(field)
  })
})

describe('a link', () => {
  const filled = { name: 'Ana', email: 'ana@shop.example', password: PASSWORD }

  it('signs in whoever it sets up', async () => {
    const { model, done, sent } = await openLink({ value: LINK })
    expect(model.phase.value).toBe('form')

    await model.accept(filled)

    expect(sent).toEqual([{ token: 'token', ...filled }])
    expect(done).toEqual(['signed in'])
  })

  it('that sets a new password signs nobody in', async () => {
    const { model, done } = await openLink({ value: { ...LINK, kind: 'reset', hasAccount: true } })

    await model.accept({ email: filled.email, password: PASSWORD })

    expect(model.phase.value).toBe('changed')
    expect(done).toEqual([])
  })

  it.each([
    { refusal: 'link_spent', phase: 'spent' },
    { refusal: 'bad_request', phase: 'incomplete' },
    { refusal: 'offline', phase: 'failed' },
    { refusal: 'internal', phase: 'failed' },
  ] as const)('refused with $refusal is $phase', async ({ refusal, phase }) => {
    expect((await openLink(refused(refusal))).model.phase.value).toBe(phase)
  })

  it('that somebody else was quicker to use is spent', async () => {
    const { model } = await openLink({ value: LINK }, refused('link_spent'))

    await model.accept(filled)

    expect(model.phase.value).toBe('spent')
  })

  it('says what is wrong where it is', async () => {
    const { model, sent } = await openLink({ value: LINK }, refused('conflict'))

    await model.accept({ ...filled, password: 'short' })
    expect(model.fault.value?.field).toBe('password')
    expect(sent).toEqual([])
    await model.accept(filled)

    expect(model.fault.value).toEqual({ field: 'email', message: 'fault.has_account' })
  })

  it('to a shop, for who has an account, waits for them to sign in', async () => {
    const invitation = { ...LINK, kind: 'invitation', hasAccount: true } as const

    expect((await openLink({ value: invitation })).model.phase.value).toBe('sign_in')
  })
})

it('takes nobody for a member where the server did not answer', async () => {
  expect(await findShop(() => Promise.resolve(refused('sign_in')), null)).toEqual({
    kind: 'unnamed',
  })
  expect(await findShop(() => Promise.resolve(refused('offline')), null)).toEqual({
    kind: 'failed',
  })
})
