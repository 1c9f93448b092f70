import { describe, expect, it } from 'vitest'
import { createPasswords } from '#server/account/passwords.ts'
import { codeAt, stepOf, toBase32 } from '#server/account/totp.ts'

const IS_LONG = process.env.TEST_LONG === '1'

describe('a stored password', () => {
  it('is known again, whichever way its letters were typed, and no other', async () => {
    const passwords = createPasswords({ cost: 4 })
    const stored = await passwords.hash('Contraseña larga')

    expect(stored).toMatch(/^scrypt\$4\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
    expect(await passwords.matches('Contraseña larga'.normalize('NFD'), stored)).toBe(true)
    expect(await passwords.matches('Contrasena larga', stored)).toBe(false)
    expect(await passwords.hash('Contraseña larga')).not.toBe(stored)
  })

  it('is nobody’s where there is none', async () => {
    const passwords = createPasswords({ cost: 4 })

    expect(await passwords.matches('', undefined)).toBe(false)
    expect(await passwords.matches('Contraseña larga', undefined)).toBe(false)
  })

  it('is checked at the price it was stored at', async () => {
    const stored = await createPasswords({ cost: 5 }).hash('Contraseña larga')

    expect(await createPasswords({ cost: 4 }).matches('Contraseña larga', stored)).toBe(true)
  })

  it('keeps few waiting, and tells the others when to come back', async () => {
    const passwords = createPasswords({ cost: 10 })

    const asked = await Promise.allSettled(
      Array.from({ length: 100 }, () => passwords.matches('Contraseña larga', undefined)),
    )

    const refused = asked.filter((reply) => reply.status === 'rejected')
    expect(refused).toHaveLength(38)
    expect(refused[0]?.reason).toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 })
    expect(await passwords.matches('Contraseña larga', undefined)).toBe(false)
  })

  it.runIf(IS_LONG)('costs what it should by default', async () => {
    expect(await createPasswords().hash('Contraseña larga')).toMatch(/^scrypt\$17\$8\$1\$/)
  })
})

describe('a code of the second factor', () => {
  const secret = toBase32(Buffer.from('12345678901234567890'))

  // RFC 6238, appendix B, its last six digits.
  it.each([
    { seconds: 59, code: '287082' },
    { seconds: 1_111_111_109, code: '081804' },
    { seconds: 1_111_111_111, code: '050471' },
    { seconds: 1_234_567_890, code: '005924' },
    { seconds: 2_000_000_000, code: '279037' },
    { seconds: 20_000_000_000, code: '353130' },
  ])('is $code after $seconds seconds', ({ seconds, code }) => {
    expect(codeAt(secret, Math.floor(seconds / 30))).toBe(code)
    expect(stepOf(secret, code, seconds * 1_000)).toBe(Math.floor(seconds / 30))
  })

  it('counts thirty seconds early and late, and no longer', () => {
    const at = 1_234_567_890_000
    const step = Math.floor(at / 30_000)
    const found = [-2, -1, 0, 1, 2].map((late) => stepOf(secret, codeAt(secret, step + late), at))

    expect(found).toEqual([undefined, step - 1, step, step + 1, undefined])
  })
})
