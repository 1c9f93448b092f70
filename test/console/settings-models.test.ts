import { describe, expect, it } from 'vitest'
import { SCOPES } from '#protocol/scopes.ts'
import type { MailSummary } from '#protocol/mail.ts'
import type { Refused, Reply } from '#console/api.ts'
import { kindText, remedyOf } from '#console/jobs/job-kinds.ts'
import { PRESETS, scopeOf, SUBJECT_GROUPS, toggled } from '#console/keys/scope-choice.ts'
import { scopeLines } from '#console/keys/scope-lines.ts'
import { canResend, firstFilter } from '#console/mail/outbox.ts'
import { faultOfOrigin, originMeant } from '#console/origins/listed.ts'
import { currencyChoices } from '#console/choices.ts'
import { timeZoneOptions } from '#console/time-zones.ts'
import { faultText, formFault } from '#console/settings/faults.ts'
import { createForm } from '#console/settings/form-model.ts'
import {
  faultInIdentity,
  identityFieldsOf,
  identitySettingsOf,
} from '#console/settings/identity-model.ts'
import { pathOf } from '#console/settings/path-of.ts'
import { faultOfShop } from '#console/settings/shop-model.ts'
import { replayOf } from '#console/webhooks/replay-span.ts'
import {
  faultInWebhook,
  faultOfWebhook,
  NEW_WEBHOOK,
  webhookDraftOf,
} from '#console/webhooks/webhook-model.ts'
import { wordsIn } from '../support/console-words.ts'

const words = wordsIn(['en'])
const refused = (refusal: Refused['refusal'], detail = ''): Refused => ({
  refusal,
  detail,
  waitSeconds: 0,
})

interface Fields {
  readonly name: string
  readonly zone: string
}
const STORED: Fields = { name: 'Tea', zone: 'UTC' }

function testForm(...replies: Reply<unknown>[]) {
  const sent: Fields[] = []
  const formers: Fields[] = []
  const form = createForm<Fields>({
    stored: STORED,
    save: (fields) => {
      sent.push(fields)
      return Promise.resolve(replies.shift() ?? { value: undefined })
    },
    faultIn: ({ name }) =>
      name === '' ? { field: 'name', message: 'settings.fault.name' } : undefined,
    onSaved: (former) => void formers.push(former),
  })
  return { form, sent, formers }
}

describe('a form of settings', () => {
  it('keeps what was typed when it is refused, and says why at its field', async () => {
    const { form } = testForm(refused('bad_request', 'name: Too long'))
    form.write('name', 'Coffee')

    expect(await form.save()).toBe(false)

    expect(form.fields.value.name).toBe('Coffee')
    expect(form.isChanged.value).toBe(true)
    expect(form.fault.value).toMatchObject({ refused: { refusal: 'bad_request' } })
  })

  it('sends nothing while something is wrong that is known here', async () => {
    const { form, sent } = testForm()
    form.write('name', '')

    expect(await form.save()).toBe(false)

    expect(sent).toEqual([])
    expect(form.fault.value).toEqual({ field: 'name', message: 'settings.fault.name' })
  })

  it('tells what was stored before, so that it can be put back', async () => {
    const { form, formers } = testForm()
    form.write('name', 'Coffee')

    expect(await form.save()).toBe(true)

    expect(formers).toEqual([STORED])
    expect(form.isChanged.value).toBe(false)
  })

  it('takes what others have saved, unless something was typed here', () => {
    const { form } = testForm()
    form.adopt({ name: 'Coffee', zone: 'UTC' })
    expect(form.fields.value.name).toBe('Coffee')

    form.write('name', 'Mate')
    form.adopt({ name: 'Cocoa', zone: 'UTC' })

    expect(form.fields.value.name).toBe('Mate')
    form.discard()
    expect(form.fields.value.name).toBe('Cocoa')
  })

  it('keeps what is typed while it is being saved', async () => {
    const { form } = testForm()
    form.write('name', 'Coffee')
    const saving = form.save()
    form.write('zone', 'Asia/Tokyo')
    await saving

    expect(form.fields.value).toEqual({ name: 'Coffee', zone: 'Asia/Tokyo' })
    expect(form.isChanged.value).toBe(true)
  })
})

describe('a refusal', () => {
  it.each([
    ['currency: Too small; name: Too long', 'name'],
    ['The body is no JSON', undefined],
  ])('“%s” is told at the field %s', (detail, field) => {
    const fault = formFault(refused('bad_request', detail), { name: 'settings.fault.name' })

    expect(fault.field).toBe(field)
    expect(faultText(fault, field, words)).toBeTypeOf('string')
    expect(faultText(fault, 'another', words)).toBeUndefined()
  })

  it.each([
    ['"Mars/X" is no time zone: write it like America/Bogota', 'timeZone'],
    ['"XXQ" is no currency: write it like EUR', 'currency'],
    ['name: Too small', 'name'],
  ])('of a shop’s settings, “%s”, is told at %s', (detail, field) => {
    expect(faultOfShop(refused('bad_request', detail)).field).toBe(field)
  })

  it('of an origin is always about the one field', () => {
    expect(faultOfOrigin(refused('bad_request', '"x" is no origin')).field).toBe('origin')
    expect(faultOfOrigin(refused('offline')).field).toBeUndefined()
  })

  it.each([
    [refused('bad_request', 'url: an address on the net'), 'url', 'webhook.fault.private'],
    [refused('bad_request', 'url: port 80 or 443'), 'url', 'webhook.fault.port'],
    [refused('bad_request', 'events: Too small'), 'events', 'webhook.fault.events'],
    [refused('conflict', 'A shop has at most 20'), undefined, 'webhook.fault.many'],
  ])('of a webhook says what to change: %j', (refusal, field, message) => {
    expect(faultOfWebhook(refusal)).toMatchObject({ ...(field && { field }), message })
  })
})

describe('choices', () => {
  it('hold what is chosen, also where the browser does not know it', () => {
    expect(currencyChoices('en', 'COP')).toContainEqual({
      value: 'COP',
      label: 'COP · Colombian Peso',
    })
    expect(currencyChoices('en', 'XQQ').map(({ value }) => value)).toContain('XQQ')
    expect(timeZoneOptions('en', 'Mars/Base_1', 0)).toContainEqual({
      value: 'Mars/Base_1',
      label: 'Mars/Base 1',
    })
  })

  it('tell zones’ distance from UTC, on that day', () => {
    const of = (at: string) =>
      timeZoneOptions('en', 'UTC', Date.parse(at)).find(({ value }) => value === 'Europe/Madrid')

    expect(of('2026-01-01')?.label).toBe('Europe/Madrid · GMT+1')
    expect(of('2026-07-01')?.label).toBe('Europe/Madrid · GMT+2')
  })
})

describe('identity', () => {
  const ANSWER = {
    rule: 'open',
    jwtAlgorithm: 'HS256',
    jwtPublicKey: null,
    hasSecret: true,
  } as const

  it('forgets a public key once tokens are signed with the secret again', () => {
    const fields = identityFieldsOf({ ...ANSWER, jwtPublicKey: 'PEM' })

    expect(identitySettingsOf(fields)).toEqual({ rule: 'open', jwtPublicKey: 'PEM' })
    expect(identitySettingsOf({ ...fields, proof: 'secret' }).jwtPublicKey).toBeNull()
  })

  it('wants a key where tokens are signed with one', () => {
    const fields = { ...identityFieldsOf(ANSWER), proof: 'key' as const }

    expect(faultInIdentity(fields)?.field).toBe('publicKey')
    expect(faultInIdentity(identityFieldsOf(ANSWER))).toBeUndefined()
  })
})

describe('an origin as it is typed', () => {
  it.each([
    ['myshop.com', 'https://myshop.com'],
    [' https://MyShop.com/cart?x=1#top ', 'https://myshop.com'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['https://*.myshop.com', 'https://*.myshop.com'],
    ['*.myshop.com', 'https://*.myshop.com'],
    ['ftp://myshop.com', 'ftp://myshop.com'],
    ['not an address', 'https://not an address'],
  ])('%s means %s', (typed, meant) => {
    expect(originMeant(typed)).toBe(meant)
  })
})

describe('what a key may do', () => {
  it('is offered whole: every scope stands in one row', () => {
    const subjects = Object.values(SUBJECT_GROUPS).flat()
    const offered = subjects.flatMap((subject) => [
      scopeOf(subject, 'read'),
      scopeOf(subject, 'write'),
    ])

    expect(offered.filter((scope) => scope !== undefined).toSorted()).toEqual(SCOPES.toSorted())
  })

  it('is the same in whatever order it was chosen', () => {
    const one = toggled(toggled([], 'orders:write'), 'events:write')
    const other = toggled(toggled([], 'events:write'), 'orders:write')

    expect(one).toEqual(other)
    expect(toggled(one, 'events:write')).toEqual(['orders:write'])
  })

  it.each([
    [PRESETS.all, ['Read and write everything']],
    [
      ['orders:read', 'orders:write', 'events:write', 'audit:read'],
      ['Read and write: orders', 'Write: events', 'Read: audit log'],
    ],
    [['catalog:read', 'customers:read', 'new_thing:read'], ['Read: products and customers']],
  ])('is told in few lines: %j', (scopes, lines) => {
    expect(scopeLines(scopes, words)).toEqual(lines)
  })
})

describe('a webhook', () => {
  it.each([
    ['https://', ['order.completed'], 'url'],
    ['shop.example', ['order.completed'], 'url'],
    ['https://shop.example', [], 'events'],
    ['https://shop.example', ['order.completed'], undefined],
  ] as const)('at %s of %j has its fault at %s', (url, events, field) => {
    expect(faultInWebhook({ ...NEW_WEBHOOK, url, events })?.field).toBe(field)
  })

  it('stays paused when it is changed, and lives again when it was gone', () => {
    expect(webhookDraftOf(NEW_WEBHOOK, 'paused').state).toBe('paused')
    expect(webhookDraftOf(NEW_WEBHOOK, 'gone').state).toBe('active')
  })

  it('is told again what happened in the time before now', () => {
    expect(replayOf('day', 100 * 86_400_000)).toEqual({
      from: 99 * 86_400_000,
      to: 100 * 86_400_000,
    })
  })
})

describe('the outbox', () => {
  const COUNTS = { waiting: 3, sending: 0, sent: 9, failed: 1, uncertain: 0 }
  const MAIL: MailSummary = {
    id: '1',
    state: 'sent',
    kind: 'test',
    to: { address: 'ana@shop.example' },
    subject: '',
    attempts: 1,
    lastError: null,
    createdAt: 0,
    sentAt: null,
  }

  it('begins with what is in doubt, where there is any', () => {
    expect(firstFilter(COUNTS)).toBe('')
    expect(firstFilter({ ...COUNTS, uncertain: 1 })).toBe('uncertain')
  })

  it.each([
    ['uncertain', 1, true],
    ['failed', 16, true],
    ['waiting', 0, true],
    // It is tried again by itself.
    ['waiting', 3, false],
    ['sent', 1, false],
    ['sending', 1, false],
  ] as const)(
    'lets a mail that is %s after %i attempts be sent by hand: %s',
    (state, attempts, may) => {
      expect(canResend({ ...MAIL, state, attempts }, true)).toBe(may)
      expect(canResend({ ...MAIL, state, attempts }, false)).toBe(false)
    },
  )
})

describe('a job', () => {
  it('that is dead is run again, or leads to where what it was about is', () => {
    expect(remedyOf({ state: 'dead', kind: 'import.run' })).toEqual({ kind: 'retry' })
    expect(remedyOf({ state: 'dead', kind: 'mail.deliver' })).toMatchObject({
      kind: 'open',
      path: '/console/settings/mail',
    })
    expect(remedyOf({ state: 'dead', kind: 'feed.fetch' })).toMatchObject({ kind: 'open' })
    expect(remedyOf({ state: 'waiting', kind: 'import.run' })).toBeUndefined()
  })

  it('of a kind that has no words yet is told by its name', () => {
    expect(kindText('mail.deliver', words)).toBe('Send a mail')
    expect(kindText('import.run', words)).toBe('Work “import.run”')
  })
})

describe('an address of the API', () => {
  it('has its places filled and its empty questions left out', () => {
    expect(pathOf('/api/v1/keys/:id', { id: 'a/b' })).toBe('/api/v1/keys/a%2Fb')
    expect(pathOf('/api/v1/jobs', {}, { state: 'dead', cursor: undefined })).toBe(
      '/api/v1/jobs?state=dead',
    )
    expect(pathOf('/api/v1/jobs', {}, { state: '' })).toBe('/api/v1/jobs')
  })

  it.each(['', '.', '..', '../../shop', '?x=1', '#a', 'ä%2F', '%2e%2e'])(
    'never leads elsewhere, whatever stands in its places: %j',
    (id) => {
      const path = pathOf('/api/v1/keys/:id/name', { id })
      const { pathname, search, hash } = new URL(path, 'https://plaza.example')
      const [, , , , place = '', ...rest] = pathname.split('/')

      expect(pathname.startsWith('/api/v1/keys/')).toBe(true)
      expect([place === '', rest, search, hash]).toEqual([false, ['name'], '', ''])
    },
  )

  it('leaves places that nobody fills, and names what is asked of it', () => {
    expect(pathOf('/api/v1/keys/:id')).toBe('/api/v1/keys/%3Aid')
    expect(pathOf('/console/feed', {}, { id: 'a&b=c#d' })).toBe('/console/feed?id=a%26b%3Dc%23d')
  })
})
