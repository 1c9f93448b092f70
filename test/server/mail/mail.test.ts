import { createHash, createVerify, generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import fc from 'fast-check'
import { createJobs, type Jobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createMail, type Mail, type NewMail } from '#server/core/mail/mail.ts'
import type { MailSettings } from '#server/core/mail/settings.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'
import { startMailSink, type Answer, type MailSink } from '../../support/mail-sink.ts'

const FUZZED = process.env.TEST_LONG === '1' ? 5_000 : 100
const DAY = 86_400_000
const LETTER: NewMail = {
  kind: 'letter',
  to: { address: 'ana@shop.example', name: 'Ana Ñandú' },
  subject: 'Tu pedido ✓',
  text: 'Hola',
}

eachDatabase('mail', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let shopId: number
  let clock: { now: number }
  let answer: Answer | undefined
  let sink: MailSink
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })
  beforeEach(async () => {
    await rowsOf(db, 'DELETE FROM jobs')
    shopId = await insertShop(db)
    clock = { now: NOW }
    answer = undefined
    sink = await startMailSink(() => answer)
  })
  afterEach(() => sink.stop())

  const settings = (): MailSettings => ({
    host: '127.0.0.1',
    port: sink.port,
    isSecure: false,
    login: undefined,
    from: { address: 'shop@shop.example', name: 'The Shop' },
    dkim: undefined,
  })

  function start(set: MailSettings | 'none' = settings()): { jobs: Jobs; mail: Mail } {
    const now = () => clock.now
    const jobs = createJobs({ db, now, log: createLog('silent'), random: () => 1 })
    return { jobs, mail: createMail({ db, jobs, now, settings: set === 'none' ? undefined : set }) }
  }

  async function sent(letter: Partial<NewMail> = {}, set = settings()) {
    const { jobs, mail } = start(set)
    const id = await mail.enqueue(db, shopId, { ...LETTER, ...letter })
    await jobs.settle()
    return { jobs, mail, id, found: await mail.find(shopId, id) }
  }

  it('leaves once its transaction is committed, with text and page, from whom the settings say', async () => {
    const html = '<p>Hola</p>'

    const { found } = await sent({ html, language: 'es', replyTo: 'help@shop.example' })

    expect(found).toMatchObject({ state: 'sent', attempts: 1, sentAt: NOW, lastError: null })
    expect(sink.arrived).toMatchObject([
      { from: 'shop@shop.example', to: ['ana@shop.example'], messageId: found.messageId },
    ])
    const { raw = '' } = sink.arrived[0] ?? {}
    expect(raw).toMatch(/^From: The Shop <shop@shop\.example>$/m)
    expect(raw).toMatch(/^Reply-To: help@shop\.example$/m)
    expect(raw).toMatch(/^Content-Language: es$/m)
    expect(raw).toMatch(/multipart\/alternative/)
    expect(raw).toContain(html)
  })

  it('never leaves if its transaction is not committed', async () => {
    const { jobs, mail } = start()
    const broken = db.transaction(async (sql) => {
      await mail.enqueue({ sql, t: db.t }, shopId, LETTER)
      throw new Error('rolled back')
    })
    await expect(broken).rejects.toThrow('rolled back')

    await jobs.settle()

    expect(sink.arrived).toEqual([])
    expect((await mail.list(shopId, { limit: 10, cursor: undefined })).items).toEqual([])
  })

  it('carries how to unsubscribe by one click', async () => {
    await sent({ unsubscribeUrl: 'https://gp.shop.example/u/abc' })

    const { raw = '' } = sink.arrived[0] ?? {}
    expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/gp\.shop\.example\/u\/abc>$/m)
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
  })

  it.each([
    { at: 'recipient', code: 451 },
    { at: 'message', code: 452 },
    { at: 'recipient', code: 'drop' },
  ] as const)('is tried again after $code at the $at, until it is taken', async (refusal) => {
    answer = refusal
    const { jobs, mail, id, found } = await sent()
    expect(found).toMatchObject({ state: 'waiting' })
    expect(found.lastError).not.toBeNull()

    answer = undefined
    await jobs.settle()
    expect(sink.arrived).toEqual([])
    clock.now += 10_000
    await jobs.settle()

    expect(await mail.find(shopId, id)).toMatchObject({ state: 'sent', lastError: null })
    expect(sink.arrived).toHaveLength(1)
  })

  it.each([
    { at: 'recipient', code: 550 },
    { at: 'message', code: 554 },
  ] as const)('has failed at once after $code at the $at', async (refusal) => {
    answer = refusal

    const { jobs, mail, id, found } = await sent()

    expect(found.state).toBe('failed')
    expect(found.lastError).toContain('As the test says')
    clock.now += DAY
    await jobs.settle()
    expect(sink.arrived).toEqual([])

    answer = undefined
    await mail.resend(shopId, id)
    await jobs.settle()
    expect(await mail.find(shopId, id)).toMatchObject({
      state: 'sent',
      attempts: expect.any(Number),
    })
  })

  it('is uncertain when the connection breaks after the message, and never leaves again by itself', async () => {
    answer = { at: 'message', code: 'drop' }
    const { jobs, mail, id, found } = await sent()
    expect(found.state).toBe('uncertain')
    answer = undefined

    for (let day = 1; day <= 5; day++) {
      clock.now += DAY
      await jobs.settle()
    }

    expect(sink.arrived).toHaveLength(1)
    const page = { limit: 10, cursor: undefined, state: 'uncertain' } as const
    expect((await mail.list(shopId, page)).items).toMatchObject([{ id }])

    await mail.resend(shopId, id)
    await jobs.settle()
    expect(await mail.find(shopId, id)).toMatchObject({ state: 'sent' })
    expect(new Set(sink.arrived.map(({ messageId }) => messageId))).toHaveLength(1)
    await expect(mail.resend(shopId, id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('has failed when nobody answers for days', async () => {
    await sink.stop()

    const { jobs, mail, id } = await sent()
    for (let hour = 0; hour < 100; hour++) {
      clock.now += DAY / 8
      await jobs.settle()
    }

    expect(await mail.find(shopId, id)).toMatchObject({ state: 'failed' })
    sink = await startMailSink()
  })

  it('stays in the outbox without a mail server, even when there is one later', async () => {
    const { jobs, mail } = start()
    const { mail: without } = start('none')
    const id = await without.enqueue(db, shopId, LETTER)

    await jobs.settle()

    expect(await mail.find(shopId, id)).toMatchObject({ state: 'waiting', text: 'Hola' })
    expect(sink.arrived).toEqual([])
    await expect(without.resend(shopId, id)).rejects.toMatchObject({ code: 'conflict' })
    await mail.resend(shopId, id)
    await jobs.settle()
    expect(await mail.find(shopId, id)).toMatchObject({ state: 'sent' })
  })

  it('tells nobody what it says where it holds a secret, and nothing to another shop', async () => {
    const { mail, id, found } = await sent({ isSecret: true, text: 'https://shop.example/#t0ken' })

    expect(found).toMatchObject({ text: null, html: null })
    expect(sink.arrived[0]?.raw).toContain('t0ken')
    // Nor does it stay where a copy of the database could be read.
    expect(await rowsOf(db, 'SELECT text, html FROM mails')).toContainEqual({
      text: '',
      html: null,
    })
    const other = await insertShop(db)
    const missing = { code: 'not_found' }
    await expect(mail.find(other, id)).rejects.toMatchObject(missing)
    await expect(mail.find(null, id)).rejects.toMatchObject(missing)
    await expect(mail.resend(other, id)).rejects.toMatchObject(missing)
    expect((await mail.status(other)).counts.sent).toBe(0)
  })

  it.each([
    { what: 'a second address', letter: { to: { address: 'a@shop.example, b@evil.example' } } },
    { what: 'a bracketed one', letter: { to: { address: 'a@shop.example> <b@evil.example' } } },
    {
      what: 'a command',
      letter: { to: { address: 'a@shop.example\r\nRCPT TO:<b@evil.example>' } },
    },
    { what: 'no domain', letter: { to: { address: 'ana' } } },
    {
      what: 'a header in a name',
      letter: { to: { address: 'a@shop.example', name: 'A\r\nBcc: b@evil.example' } },
    },
    { what: 'a header in the subject', letter: { subject: 'Hi\nBcc: b@evil.example' } },
    { what: 'a NUL in the subject', letter: { subject: 'Hi\0' } },
    { what: 'a header in the language', letter: { language: 'es\r\nBcc: b@evil.example' } },
    { what: 'a foreign scheme', letter: { unsubscribeUrl: 'ftp://shop.example/u/abc' } },
    {
      what: 'a header in a reply address',
      letter: { replyTo: 'a@shop.example\nBcc: b@evil.example' },
    },
  ])('refuses $what', async ({ letter }) => {
    const { mail } = start()

    const enqueued = mail.enqueue(db, shopId, { ...LETTER, ...letter })

    await expect(enqueued).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('is signed with DKIM, the way to unsubscribe included', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const dkim = { domain: 'shop.example', selector: 'gp1', privateKey: pem }

    await sent({ unsubscribeUrl: 'https://shop.example/u/abc' }, { ...settings(), dkim })

    const { raw = '' } = sink.arrived[0] ?? {}
    const signature = headerOf(raw, 'DKIM-Signature')
    expect(signature).toMatch(/d=shop\.example;[^;]*; s=gp1;/)
    expect(tagOf(signature, 'h').toLowerCase().split(':')).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'list-unsubscribe',
        'list-unsubscribe-post',
      ]),
    )
    expect(isSigned(raw, publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(true)
    const changed = raw.replace('/u/abc', '/u/xyz')
    expect(isSigned(changed, publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(
      false,
    )
  })

  it('says whether the mail server lets us in', async () => {
    expect(await start().mail.check()).toEqual({ isReachable: true, problem: '' })
    const login = { user: 'me', password: 'wrong' }
    const { mail } = start({ ...settings(), login })

    const check = await mail.check()

    expect(check.isReachable).toBe(false)
    expect(check.problem).not.toContain('wrong')
    expect((await mail.status(shopId)).server).toEqual({
      host: '127.0.0.1',
      port: sink.port,
      isSecure: false,
    })
  })

  it('goes when it is old', async () => {
    const { mail, id, jobs } = await sent()
    await jobs.start()
    clock.now += 92 * DAY
    await jobs.settle()
    await jobs.stop(1_000)

    await expect(mail.find(shopId, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it(`reaches exactly the one address it was for, whatever ${FUZZED} names and subjects say`, async () => {
    const { jobs, mail } = start()
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('"', '<', '>', ',', ';', '@', '\r\n', '\0', '=?utf-8?Q?=0D=0ABcc:_b@evil?='),
    )
    const texts = fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join(''))
    let [accepted, tried] = [0, 0]
    for (const [name, said] of fc.sample(fc.tuple(texts, texts), FUZZED)) {
      tried += 1
      const subject = `Hi ${said}`
      const to = { address: `r${tried}@shop.example`, name }
      const refused = await mail
        .enqueue(db, shopId, { ...LETTER, to, subject, replyTo: to.address })
        .then(
          () => false,
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'bad_request' })
            return true
          },
        )
      if (!refused) accepted += 1
    }
    await jobs.settle()

    expect(accepted).toBeGreaterThan(0)
    expect(sink.arrived).toHaveLength(accepted)
    for (const { to, raw } of sink.arrived) {
      expect(to).toHaveLength(1)
      const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
      const names = head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')))
      expect(names.toSorted()).toEqual(HEADERS)
      expect(head.match(/[\w.]+@[\w.]+/g)?.filter((it) => it === to[0])).toHaveLength(2)
    }
  })
})

const HEADERS = [
  'Content-Transfer-Encoding',
  'Content-Type',
  'Date',
  'From',
  'MIME-Version',
  'Message-ID',
  'Reply-To',
  'Subject',
  'To',
]

function headerOf(raw: string, name: string): string {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/)
  return head.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? ''
}

function tagOf(signature: string, tag: string): string {
  return new RegExp(String.raw`[;:\s]${tag}=([^;]*)`).exec(signature)?.[1]?.replace(/\s/g, '') ?? ''
}

/** RFC 6376, relaxed/relaxed: what a receiving server works out. */
function isSigned(raw: string, publicKey: string): boolean {
  const signature = headerOf(raw, 'DKIM-Signature')
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
  const lines = body
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '\r\n')
  const hash = createHash('sha256').update(lines).digest('base64')
  if (hash !== tagOf(signature, 'bh')) return false
  const relaxed = (line: string) => {
    const at = line.indexOf(':')
    const value = line
      .slice(at + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()
    return `${line.slice(0, at).trim().toLowerCase()}:${value}`
  }
  const names = tagOf(signature, 'h').split(':')
  const signed = names.map((name) => headerOf(raw, name)).filter((line) => line !== '')
  const unsigned = signature.replace(/([;\s]b=)[^;]*$/, '$1')
  const text = [...signed.map(relaxed), relaxed(unsigned)].join('\r\n')
  return createVerify('RSA-SHA256').update(text).verify(publicKey, tagOf(signature, 'b'), 'base64')
}
