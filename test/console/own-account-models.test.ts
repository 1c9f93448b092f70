import { describe, expect, it } from 'vitest'
import type { MemberProfile, OwnAccount } from '#protocol/account.ts'
import type { Refused, Reply } from '#console/api.ts'
import { wordsIn } from '../support/console-words.ts'
import { deviceName } from '#console/own-account/device-name.ts'
import { languageChoices } from '#console/own-account/languages.ts'
import { createPasswordModel } from '#console/own-account/password-model.ts'
import { createProfileModel } from '#console/own-account/profile-model.ts'
import { createSecondFactorModel } from '#console/own-account/second-factor-model.ts'
import { timeZoneChoices } from '#console/time-zones.ts'
import { createPickFieldModel } from '#console/ui/pick-field-model.ts'

const PASSWORD = 'Llueve sobre Bogotá'
const DONE = { value: undefined }
const WINTER = Date.UTC(2026, 0, 15)
const refused = (refusal: Refused['refusal'], detail = ''): Refused => ({
  refusal,
  detail,
  waitSeconds: 0,
})
const PROFILE: MemberProfile = {
  name: 'Ana',
  alias: null,
  languages: ['es', 'en'],
  timeZone: null,
  preferences: { theme: 'dark' },
}

function createTestProfile(...replies: Refused[]) {
  const sent: MemberProfile[] = []
  const done: string[] = []
  const model = createProfileModel({
    account: () => PROFILE,
    replaceProfile(profile) {
      sent.push(profile)
      const reply: Reply<OwnAccount> = replies.shift() ?? { value: accountOf(profile) }
      return Promise.resolve(reply)
    },
    onSaved: () => void done.push('saved'),
  })
  return { model, sent, done }
}

function accountOf(profile: MemberProfile): OwnAccount {
  const about = { id: 'a', email: 'ana@shop.example', hasPhoto: false, hasSecondFactor: false }
  return { ...profile, ...about, recoveryCodesLeft: 0, signedInAt: 0, shops: [] }
}

describe('the profile', () => {
  it('is saved whole, with what the console remembers beside it', async () => {
    const { model, sent, done } = createTestProfile()

    model.write('name', ' Ana María ')
    model.write('timeZone', 'America/Bogota')
    model.preferLanguage('en')
    model.addLanguage('pt-BR')
    model.removeLanguage('es')
    await model.save()

    expect(sent).toEqual([
      {
        name: 'Ana María',
        alias: null,
        languages: ['en', 'pt-BR'],
        timeZone: 'America/Bogota',
        preferences: { theme: 'dark' },
      },
    ])
    expect(done).toEqual(['saved'])
    expect(model.isChanged.value).toBe(false)
  })

  it('keeps what was typed when saving fails', async () => {
    const { model, done } = createTestProfile(refused('offline'))

    model.write('alias', 'Anita')
    await model.save()

    expect(model.draft.value.alias).toBe('Anita')
    expect(model.isChanged.value).toBe(true)
    expect(model.fault.value).toEqual({ message: 'fault.offline' })
    expect(done).toEqual([])
  })

  it.each([
    ['name: Too big: expected string to have <=100 characters', 'name'],
    ['alias: Too big: expected string to have <=100 characters', 'alias'],
    ['languages.0: Write a language like es or pt-BR', 'languages'],
    ['"Mars/Base" is no time zone: write it like America/Bogota', 'timeZone'],
  ])('shows “%s” at %s', async (detail, field) => {
    const { model } = createTestProfile(refused('bad_request', detail))

    await model.save()

    expect(model.fault.value?.field).toBe(field)
  })

  it('without a name is not sent', async () => {
    const { model, sent } = createTestProfile()

    model.write('name', '  ')
    await model.save()

    expect(sent).toEqual([])
    expect(model.fault.value?.field).toBe('name')
  })

  it('goes back to what is kept', () => {
    const { model } = createTestProfile()

    model.write('name', 'Eva')
    model.discard()

    expect(model.draft.value.name).toBe('Ana')
    expect(model.isChanged.value).toBe(false)
  })
})

describe('another password', () => {
  it.each([
    ['', PASSWORD, 'password'],
    [PASSWORD, 'short', 'newPassword'],
  ])('is not asked for where it can’t be: “%s”, “%s”', async (password, newPassword, field) => {
    const sent: object[] = []
    const model = createPasswordModel({
      changePassword: (change) => {
        sent.push(change)
        return Promise.resolve(DONE)
      },
    })

    expect(await model.change(password, newPassword)).toBe(false)

    expect(model.fault.value?.field).toBe(field)
    expect(sent).toEqual([])
  })

  it.each([
    ['wrong_sign_in', { field: 'password', message: 'fault.password_wrong' }],
    ['bad_request', { field: 'newPassword', message: 'fault.password_common' }],
    ['conflict', { message: 'fault.password_changed' }],
    ['internal', { message: 'fault.server' }],
  ] as const)('refused with %s says where', async (refusal, fault) => {
    const model = createPasswordModel({ changePassword: () => Promise.resolve(refused(refusal)) })

    expect(await model.change(PASSWORD, 'Cinco tazas de tinto')).toBe(false)

    expect(model.fault.value).toEqual(fault)
  })
})

describe('the second step', () => {
  const OFFER = { secret: 'ABCD', address: 'otpauth://totp/x' }

  function createTestFactor(confirmed: Reply<{ codes: readonly string[] }>) {
    const sent: string[] = []
    const told: string[] = []
    const model = createSecondFactorModel({
      offerSecondFactor: () => Promise.resolve({ value: OFFER }),
      confirmSecondFactor: (code) => {
        sent.push(code)
        return Promise.resolve(confirmed)
      },
      removeSecondFactor: () => Promise.resolve(refused('sign_in_again')),
      newRecoveryCodes: () => Promise.resolve({ value: { codes: ['C', 'D'] } }),
      onChanged: (what) => void told.push(what),
    })
    return { model, sent, told }
  }

  it('is on once a code of it was sent, and shows the recovery codes this once', async () => {
    const { model, sent, told } = createTestFactor({ value: { codes: ['A', 'B'] } })

    await model.setUp()
    expect(model.offer.value).toEqual(OFFER)
    await model.confirm('123 456')

    expect(sent).toEqual(['123456'])
    expect(model.step.value).toBe('codes')
    expect(model.codes.value).toEqual(['A', 'B'])
    expect(told).toEqual(['on'])
    model.close()
    expect(model.codes.value).toEqual([])
  })

  it.each(['12345', 'ABCD-EFGH-IJKL-MNOP', ''])('does not send “%s” as a code', async (code) => {
    const { model, sent } = createTestFactor({ value: { codes: [] } })

    await model.setUp()
    await model.confirm(code)

    expect(sent).toEqual([])
    expect(model.fault.value?.field).toBe('code')
  })

  it('lets try again after a wrong code, with the same key', async () => {
    const { model, told } = createTestFactor(refused('second_factor'))

    await model.setUp()
    await model.confirm('000000')

    expect(model.step.value).toBe('scan')
    expect(model.offer.value).toEqual(OFFER)
    expect(model.fault.value).toEqual({ field: 'code', message: 'fault.code' })
    expect(told).toEqual([])
  })

  it('stays on for who would not say who they are, without a word', async () => {
    const { model, told } = createTestFactor({ value: { codes: [] } })

    model.ask('remove')
    await model.remove()

    expect(told).toEqual([])
    expect(model.step.value).toBe('remove')
    expect(model.fault.value).toBeUndefined()
  })
})

describe('a field to pick in', () => {
  const zones = timeZoneChoices('en', 'UTC', WINTER)
  const open = (value = '') => {
    const model = createPickFieldModel({ choices: () => zones, value: () => value })
    model.open()
    return model
  }
  const found = (typed: string) => {
    const model = open()
    model.type(typed)
    return model.found.value.map(({ value }) => value)
  }

  it.each([
    ['bogota', 'America/Bogota'],
    ['São Paulo'.normalize('NFD'), 'America/Sao_Paulo'],
    ['  new york ', 'America/New_York'],
    ['yor new', 'America/New_York'],
  ])('finds “%s”', (typed, zone) => {
    expect(found(typed)).toContain(zone)
  })

  it('finds by offset, and nothing by what is nowhere', () => {
    expect(found('gmt-5')).toContain('America/Bogota')
    expect(found('gmt-5')).not.toContain('Europe/Madrid')
    expect(found('Atlantis')).toEqual([])
  })

  it('puts first what begins with what is typed', () => {
    const languages = languageChoices('en', [])
    const model = createPickFieldModel({ choices: () => languages, value: () => '' })

    model.type('portu')

    expect(model.found.value.map(({ value }) => value)).toEqual(['pt', 'pt-BR'])
  })

  it('shows all before anything is typed, at what is picked', () => {
    const model = open('Europe/Madrid')

    expect(model.found.value).toHaveLength(zones.length)
    expect(model.activeChoice()?.value).toBe('Europe/Madrid')
  })

  it('is walked round with the arrow keys', () => {
    const model = open()
    model.type('bogota')

    model.move(1)
    expect(model.activeChoice()?.value).toBe('America/Bogota')
    model.close()
    model.move(-1)

    expect(model.activeChoice()?.value).toBe(zones.at(-1)?.value)
  })

  it('offers the languages not yet chosen, in the reader’s own', () => {
    const choices = languageChoices('es', ['en'])

    expect(choices.find(({ value }) => value === 'de')).toMatchObject({
      label: 'Alemán',
      note: 'Deutsch',
    })
    expect(choices.map(({ value }) => value)).not.toContain('en')
  })
})

it.each([
  [{ browser: 'chrome', os: 'macos' }, 'Chrome on macOS'],
  [{ browser: 'ie', os: 'windows' }, 'Internet Explorer on Windows'],
  [{ os: 'ios' }, 'iOS'],
  [{}, 'Unknown browser'],
])('calls %j %s', (session, name) => {
  expect(deviceName(session, wordsIn(['en']))).toBe(name)
})
